using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Segmentations;

/// <summary>
/// Mean intersection over union (mIoU): for each class the pixels that are it and are called it ÷ the pixels that are it or are called it, over all images, and the
/// mean over the classes that occur in the masks (Everingham et al., The Pascal Visual Object Classes Challenge, 2010, section 4.4).
/// </summary>
/// <remarks>Of an image a few numbers are kept for each class that is in it, so that the mean over any selection of images can be told.</remarks>
internal sealed class IntersectionOverUnion
{
    private readonly List<Area[]> _images = [];
    private int[] _there = [];
    private int[] _called = [];
    private int[] _shared = [];

    /// <summary>Images added.</summary>
    public int Images => _images.Count;

    /// <summary>Pixels that were judged, in all images.</summary>
    public long Pixels { get; private set; }

    /// <summary>Adds an image.</summary>
    /// <param name="truth">The class of each pixel; <see cref="ClassMask.Ignored"/> is not judged.</param>
    /// <param name="answers">The same as a model says it; what it did not see is not judged.</param>
    public void Add(ReadOnlySpan<ushort> truth, ReadOnlySpan<ushort> answers)
    {
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] == ClassMask.Ignored || answers[i] == SegmentationMask.Unseen)
                continue;
            Pixels++;
            MakeRoom(truth[i]);
            _there[truth[i]]++;
            if (answers[i] == ClassMap.NoClass)
                continue;
            MakeRoom(answers[i]);
            _called[answers[i]]++;
            _shared[answers[i]] += answers[i] == truth[i] ? 1 : 0;
        }

        _images.Add([.. TakeAreas()]);
    }

    /// <summary>From 0 to 1, as if each image were there as often as <paramref name="times"/> says; null where no image has a pixel that is judged.</summary>
    public double? Mean(ReadOnlySpan<int> times)
    {
        var (there, shared, either) = (new long[_there.Length], new long[_there.Length], new long[_there.Length]);
        for (var image = 0; image < _images.Count; image++)
        {
            if (times[image] == 0)
                continue;
            foreach (var area in _images[image])
            {
                there[area.Class] += (long)times[image] * area.There;
                shared[area.Class] += (long)times[image] * area.Shared;
                either[area.Class] += (long)times[image] * area.Either;
            }
        }

        var (sum, classes) = (0.0, 0);
        for (var i = 0; i < there.Length; i++)
        {
            if (there[i] == 0)
                continue;
            sum += (double)shared[i] / either[i];
            classes++;
        }

        return classes == 0 ? null : sum / classes;
    }

    private void MakeRoom(int index)
    {
        if (index < _there.Length)
            return;
        var size = Math.Max(index + 1, 2 * _there.Length);
        Array.Resize(ref _there, size);
        Array.Resize(ref _called, size);
        Array.Resize(ref _shared, size);
    }

    /// <summary>What was counted, which then begins anew.</summary>
    private IEnumerable<Area> TakeAreas()
    {
        for (var i = 0; i < _there.Length; i++)
        {
            if (_there[i] > 0 || _called[i] > 0)
                yield return new Area(i, _there[i], _shared[i], _there[i] + _called[i] - _shared[i]);
            _there[i] = _called[i] = _shared[i] = 0;
        }
    }

    /// <summary>Pixels of one class in one image: those that are it, those that are also called it, and those that are one of both.</summary>
    private readonly record struct Area(int Class, int There, int Shared, int Either);
}
