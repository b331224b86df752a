using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>
/// Average precision: the area under precision over recall, each precision raised to the best at any higher recall, at all points (Everingham et al., The Pascal
/// Visual Object Classes Challenge, from 2010 on), per class, and the mean over the classes that occur. At an overlap of one half it is AP50; the mean over
/// overlaps of 0.50, 0.55, … 0.95 is AP50:95 (Lin et al., Microsoft COCO, 2014, whose own figure takes the precision at 101 points of the recall instead of all).
/// </summary>
/// <remarks>What is found in an image is matched once and kept as hits and misses, so that the mean over any selection of images costs no matching.</remarks>
public sealed class AveragePrecision
{
    private readonly SortedDictionary<int, ClassFindings> _classes = [];

    /// <summary>Images added.</summary>
    public int Images { get; private set; }

    /// <summary>Objects in all images.</summary>
    public int Objects { get; private set; }

    /// <summary>
    /// Adds an image. From the best score down, what was found takes the object of its class that it overlaps most, of those that are not taken yet
    /// (as COCO's evaluation does); at each overlap anew.
    /// </summary>
    /// <param name="objects">What there is to be found.</param>
    /// <param name="found">In any order.</param>
    public void Add(IReadOnlyList<LabelledBox> objects, IReadOnlyList<ScoredBox> found)
    {
        foreach (var known in objects)
            FindingsOf(known.Class).AddObject(Images);
        var takers = new OverlapLevels[objects.Count];
        foreach (var box in found.Order())
            FindingsOf(box.Class).Add(box.Score, Images, Take(box, objects, takers));
        Objects += objects.Count;
        Images++;
    }

    /// <summary>AP50, from 0 to 1; null where no image has an object.</summary>
    public double? Mean()
    {
        var once = new int[Images];
        Array.Fill(once, 1);
        return Mean(once);
    }

    /// <summary>AP50 as if each image were there as often as <paramref name="times"/> says.</summary>
    public double? Mean(ReadOnlySpan<int> times) => Mean(times, 1);

    /// <summary>AP50:95 as if each image were there as often as <paramref name="times"/> says.</summary>
    public double? MeanOverOverlaps(ReadOnlySpan<int> times) => Mean(times, OverlapLevels.Count);

    private double? Mean(ReadOnlySpan<int> times, int levels)
    {
        var (sum, classes) = (0.0, 0);
        foreach (var findings in _classes.Values)
        {
            if (findings.Average(times, levels) is not { } average)
                continue;
            sum += average;
            classes++;
        }

        return classes == 0 ? null : sum / classes;
    }

    private ClassFindings FindingsOf(int index)
    {
        if (!_classes.TryGetValue(index, out var findings))
            _classes[index] = findings = new ClassFindings();
        return findings;
    }

    /// <summary>The levels at which a finding takes an object.</summary>
    private static OverlapLevels Take(ScoredBox found, IReadOnlyList<LabelledBox> objects, OverlapLevels[] takers)
    {
        Span<int> best = stackalloc int[OverlapLevels.Count];
        Span<float> overlap = stackalloc float[OverlapLevels.Count];
        best.Fill(-1);
        overlap.Clear();
        for (var i = 0; i < objects.Count; i++)
        {
            if (objects[i].Class != found.Class)
                continue;
            var shared = objects[i].Box.IntersectionOverUnion(found.Box);
            for (var level = 0; level < OverlapLevels.Count && shared >= OverlapLevels.Least(level); level++)
            {
                if (!takers[i].Has(level) && shared > overlap[level])
                    (best[level], overlap[level]) = (i, shared);
            }
        }

        var taken = default(OverlapLevels);
        for (var level = 0; level < OverlapLevels.Count; level++)
        {
            if (best[level] < 0)
                continue;
            takers[best[level]] = takers[best[level]].With(level);
            taken = taken.With(level);
        }

        return taken;
    }
}
