using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>
/// Average precision at an overlap of one half (AP50): the area under precision over recall, each precision raised to the best at any higher recall, at all
/// points (Everingham et al., The Pascal Visual Object Classes Challenge, from 2010 on), per class, and the mean over the classes that occur.
/// </summary>
/// <remarks>What is found in an image is matched once and kept as hits and misses, so that the mean over any selection of images costs no matching.</remarks>
public sealed class AveragePrecision
{
    private const float LeastOverlap = 0.5f;

    private readonly SortedDictionary<int, ClassRecord> _classes = [];
    private bool _isSorted;

    /// <summary>Images added.</summary>
    public int Images { get; private set; }

    /// <summary>Objects in all images.</summary>
    public int Objects { get; private set; }

    /// <summary>
    /// Adds an image. From the best score down, what was found takes the object of its class that it overlaps most, of those that are not taken yet
    /// (as COCO's evaluation does: Lin et al. 2014).
    /// </summary>
    /// <param name="objects">What there is to be found.</param>
    /// <param name="found">In any order.</param>
    public void Add(IReadOnlyList<LabelledBox> objects, IReadOnlyList<ScoredBox> found)
    {
        foreach (var known in objects)
            RecordOf(known.Class).Objects.Add(Images);
        var isTaken = new bool[objects.Count];
        foreach (var box in found.Order())
            RecordOf(box.Class).Found.Add(new Finding(box.Score, Images, Take(box, objects, isTaken)));
        Objects += objects.Count;
        Images++;
        _isSorted = false;
    }

    /// <summary>From 0 to 1; null where no image has an object.</summary>
    public double? Mean()
    {
        var once = new int[Images];
        Array.Fill(once, 1);
        return Mean(once);
    }

    /// <summary>As if each image were there as often as <paramref name="times"/> says.</summary>
    public double? Mean(ReadOnlySpan<int> times)
    {
        Sort();
        var (sum, classes) = (0.0, 0);
        foreach (var record in _classes.Values)
        {
            if (record.Average(times) is not { } average)
                continue;
            sum += average;
            classes++;
        }

        return classes == 0 ? null : sum / classes;
    }

    private ClassRecord RecordOf(int index)
    {
        if (!_classes.TryGetValue(index, out var record))
            _classes[index] = record = new ClassRecord();
        return record;
    }

    private void Sort()
    {
        if (_isSorted)
            return;
        foreach (var record in _classes.Values)
            record.Sort();
        _isSorted = true;
    }

    private static bool Take(ScoredBox found, IReadOnlyList<LabelledBox> objects, bool[] isTaken)
    {
        var (best, overlap) = (-1, LeastOverlap);
        for (var i = 0; i < objects.Count; i++)
        {
            if (isTaken[i] || objects[i].Class != found.Class)
                continue;
            var shared = objects[i].Box.IntersectionOverUnion(found.Box);
            if (shared < overlap || (best >= 0 && shared == overlap))
                continue;
            (best, overlap) = (i, shared);
        }

        if (best >= 0)
            isTaken[best] = true;
        return best >= 0;
    }

    /// <summary>A detection: how sure, in which image, and whether there is such an object.</summary>
    private readonly record struct Finding(float Score, int Image, bool IsHit);

    /// <summary>All that is known of one class.</summary>
    private sealed class ClassRecord
    {
        private double[] _precisions = [];

        public List<int> Objects { get; } = [];

        public List<Finding> Found { get; private set; } = [];

        /// <summary>Best score first; equal ones stay in the order of the images.</summary>
        public void Sort()
        {
            Found = [.. Found.OrderByDescending(finding => finding.Score)];
            _precisions = new double[Found.Count];
        }

        /// <summary>Null where the class does not occur.</summary>
        public double? Average(ReadOnlySpan<int> times)
        {
            var objects = 0;
            foreach (var image in Objects)
                objects += times[image];
            if (objects == 0)
                return null;

            var (hits, all) = (0, 0);
            for (var i = 0; i < Found.Count; i++)
            {
                var weight = times[Found[i].Image];
                all += weight;
                hits += Found[i].IsHit ? weight : 0;
                _precisions[i] = all == 0 ? 0 : (double)hits / all;
            }

            var (area, best) = (0.0, 0.0);
            for (var i = Found.Count - 1; i >= 0; i--)
            {
                best = Math.Max(best, _precisions[i]);
                if (Found[i].IsHit)
                    area += best * times[Found[i].Image];
            }

            return area / objects;
        }
    }
}
