namespace ModelCompiler.Evaluation.Detections;

/// <summary>All objects of one class and all that was found of it, over all images.</summary>
internal sealed class ClassFindings
{
    private readonly List<int> _objects = [];
    private List<Finding> _found = [];
    private int[] _seen = [];
    private int[][]? _hits;

    public void AddObject(int image) => _objects.Add(image);

    /// <param name="score">How sure the model is.</param>
    /// <param name="image">Where it was found.</param>
    /// <param name="levels">The overlaps at which there is such an object.</param>
    public void Add(float score, int image, OverlapLevels levels)
    {
        _found.Add(new Finding(score, image, levels));
        _hits = null;
    }

    /// <summary>The mean of the average precision at the first so many overlaps; null where the class does not occur.</summary>
    public double? Average(ReadOnlySpan<int> times, int levels)
    {
        var objects = 0;
        foreach (var image in _objects)
            objects += times[image];
        if (objects == 0)
            return null;

        var hits = _hits ??= Sorted();
        var all = 0;
        for (var i = 0; i < _found.Count; i++)
            _seen[i] = all += times[_found[i].Image];
        var sum = 0.0;
        for (var level = 0; level < levels; level++)
            sum += Area(hits[level], times) / objects;
        return sum / levels;
    }

    /// <summary>Only hits matter: a miss behind one has a lower precision, and adds no recall.</summary>
    private double Area(int[] hits, ReadOnlySpan<int> times)
    {
        var right = 0;
        foreach (var hit in hits)
            right += times[_found[hit].Image];
        var (area, best) = (0.0, 0.0);
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            var weight = times[_found[hits[i]].Image];
            if (weight == 0)
                continue;
            best = Math.Max(best, (double)right / _seen[hits[i]]);
            area += best * weight;
            right -= weight;
        }

        return area;
    }

    /// <summary>Best score first; equal ones stay in the order of the images. The places of the hits, for each overlap.</summary>
    private int[][] Sorted()
    {
        _found = [.. _found.OrderByDescending(finding => finding.Score)];
        _seen = new int[_found.Count];
        return [.. Enumerable.Range(0, OverlapLevels.Count).Select(level => Enumerable.Range(0, _found.Count).Where(i => _found[i].Levels.Has(level)).ToArray())];
    }

    /// <summary>A detection: how sure, in which image, and at which overlaps there is such an object.</summary>
    private readonly record struct Finding(float Score, int Image, OverlapLevels Levels);
}
