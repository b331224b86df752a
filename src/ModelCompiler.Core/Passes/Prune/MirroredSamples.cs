using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Images seen in a mirror: as good as new ones for a model that tells them from the others no better than people do, and useless for one that reads text.</summary>
internal static class MirroredSamples
{
    /// <summary>Of the best classes, those that must stay the same in the mirror. Answers that the model is torn between change by less.</summary>
    private const double LeastAgreement = 0.75;

    private const int FewestSamples = 16;

    /// <summary>Whether a model that answers with classes answers mostly the same in the mirror, so that what it computes for mirrored images is typical too.</summary>
    public static bool AreLikeTheOthers(Model model, IReadOnlyList<Sample> samples)
    {
        if (samples.Count < FewestSamples || !samples[0].Inputs.Values.Any(input => WidthOf(input) is not null))
            return false;
        using var running = NetworkPart.Of(model, model.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal));
        var meter = new FidelityMeter();
        foreach (var sample in samples)
            meter.Add(running.Run(sample.Inputs), running.Run(Mirrored(sample).Inputs));
        return meter.Result().Top1Agreement >= LeastAgreement;
    }

    /// <summary>Each sample, and behind it the same in a mirror.</summary>
    public static IEnumerable<Sample> Beside(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            yield return sample;
            yield return Mirrored(sample);
        }
    }

    private static Sample Mirrored(Sample sample) => new(
        $"{sample.Name}, mirrored",
        sample.Inputs.ToDictionary(input => input.Key, input => WidthOf(input.Value) is { } axis ? Mirrored(input.Value, axis) : input.Value, StringComparer.Ordinal));

    /// <summary>The axis along which an image is mirrored; null for a tensor that does not look like one.</summary>
    private static int? WidthOf(Tensor input) => input switch
    {
        { Type: not Contract.ElementType.Float32 } or { Rank: not 4 } => null,
        _ when IsColour(input.Dims[1]) && input.Dims[3] > 4 => 3,
        _ when IsColour(input.Dims[3]) && input.Dims[2] > 4 => 2,
        _ => null,
    };

    private static bool IsColour(long channels) => channels is 1 or 3 or 4;

    private static Tensor Mirrored(Tensor image, int axis)
    {
        var pixel = axis == 3 ? 1 : (int)image.Dims[3];
        var row = (int)image.Dims[axis] * pixel;
        var from = image.Span<float>();
        var to = new float[image.Count];
        for (var start = 0; start < to.Length; start += row)
        {
            for (var place = 0; place < row; place += pixel)
                from.Slice(start + place, pixel).CopyTo(to.AsSpan(start + row - pixel - place));
        }

        return Tensor.Of(to, image.Dims.ToArray());
    }
}
