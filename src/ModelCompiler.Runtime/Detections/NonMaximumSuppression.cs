using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Leaves one box for each object, where a detector finds it several times.</summary>
public static class NonMaximumSuppression
{
    /// <summary>
    /// Takes the boxes from the best score down and leaves out each that overlaps one of the same class that was taken before. Boxes of different classes
    /// do not compete. What is left is in the list, best first.
    /// </summary>
    /// <param name="boxes">Changed in place.</param>
    /// <param name="overlap">Intersection over union from which on two boxes are taken for the same object; often 0.45 to 0.65.</param>
    /// <param name="most">Boxes kept at most, of all classes together.</param>
    public static void Apply(List<ScoredBox> boxes, float overlap, int most)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        boxes.Sort();
        var all = CollectionsMarshal.AsSpan(boxes);
        var kept = 0;
        for (var i = 0; i < all.Length && kept < most; i++)
        {
            if (!IsCovered(all[i], all[..kept], overlap))
                all[kept++] = all[i];
        }

        boxes.RemoveRange(kept, boxes.Count - kept);
    }

    private static bool IsCovered(ScoredBox box, ReadOnlySpan<ScoredBox> taken, float overlap)
    {
        foreach (var other in taken)
        {
            if (other.Class == box.Class && other.Box.IntersectionOverUnion(box.Box) > overlap)
                return true;
        }

        return false;
    }
}
