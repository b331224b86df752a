using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Segmentations;

/// <summary>The output of a segmentation model for one image, read as the app reads it.</summary>
internal sealed class ClassMap
{
    /// <summary>A place whose numbers name no class, such as NaN: an answer that is never right.</summary>
    public const ushort NoClass = SegmentationMask.Unseen - 1;

    private readonly ClassMapFormat _format;
    private readonly float[] _values;
    private readonly int _scores;
    private ushort[]? _best;

    private ClassMap(ClassMapFormat format, float[] values, int width, int height, int scores)
    {
        (_format, _values, _scores) = (format, values, scores);
        (Width, Height) = (width, height);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How many classes the map tells apart; null where it names them itself.</summary>
    public int? Classes => _format.Values switch
    {
        ClassMapValues.Scores => _scores,
        ClassMapValues.Indices => null,
        _ => 2,
    };

    private bool AreIndices => _format.Values == ClassMapValues.Indices;

    private bool IsChannelsLast => _format.Layout == ImageLayout.Nhwc;

    /// <summary>Null where the output is not a map of one image.</summary>
    public static ClassMap? Of(ManifestOutput output, IReadOnlyDictionary<string, Tensor> outputs)
    {
        if (output.ClassMap is not { } format || !outputs.TryGetValue(output.Value.Name, out var tensor) || tensor.Rank < 2 || tensor.Count == 0)
            return null;
        var hasScores = format.Values == ClassMapValues.Scores;
        var isChannelsLast = format.Layout == ImageLayout.Nhwc;
        // Where there is one number a pixel, an axis of length 1 may stand in the place of the classes.
        var last = tensor.Rank - (isChannelsLast && (hasScores || tensor.Dims[^1] == 1) ? 2 : 1);
        var scores = !hasScores ? 1 : tensor.Rank < 3 ? 0 : tensor.Dims[tensor.Rank - (isChannelsLast ? 1 : 3)];
        return last >= 1 && tensor.Count == tensor.Dims[last] * tensor.Dims[last - 1] * scores
            ? new ClassMap(format, Numbers(tensor), (int)tensor.Dims[last], (int)tensor.Dims[last - 1], (int)scores)
            : null;
    }

    /// <summary>The class of each place, row after row, or <see cref="NoClass"/>.</summary>
    public ushort[] Best()
    {
        if (_best is not null)
            return _best;
        _best = new ushort[Width * Height];
        if (AreIndices)
        {
            for (var i = 0; i < _best.Length; i++)
                _best[i] = _values[i] is >= 0 and < NoClass && float.IsInteger(_values[i]) ? (ushort)_values[i] : NoClass;
        }
        else
        {
            Scores().Best(_best);
            MarkNotNumbers(_best);
        }

        return _best;
    }

    /// <summary>The class of each pixel, as the lines say where the pixels lie on the map; <see cref="SegmentationMask.Unseen"/> where the model did not see one.</summary>
    public ushort[] At(SamplePoint[] rows, SamplePoint[] columns) =>
        // Between places that are no numbers nothing can be interpolated.
        AreIndices || Array.IndexOf(Best(), NoClass) >= 0
            ? MaskSampler.Nearest(Best(), Width, rows, columns)
            : MaskSampler.Interpolated(Scores(), Best(), rows, columns);

    private ScoreMap Scores() => _format.Values switch
    {
        ClassMapValues.Scores => new ScoreMap(_values, Width, Height, IsChannelsLast),
        var single => new ScoreMap(_values, Width, Height, IsChannelsLast) { FirstClass = 1, Floor = single == ClassMapValues.Probability ? 0.5f : 0 },
    };

    private void MarkNotNumbers(ushort[] best)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (float.IsNaN(_values[i]))
                best[IsChannelsLast ? i / _scores : i % best.Length] = NoClass;
        }
    }

    private static float[] Numbers(Tensor tensor) => tensor.Type == ElementType.Bool ? Array.ConvertAll(tensor.Span<byte>().ToArray(), value => (float)value) : tensor.ToFloats();
}
