using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Steps;

namespace ModelCompiler.Training;

/// <summary>
/// How many samples one run of a network takes. Small operators are faster for several at once; what all values of a run take must fit into memory, and into the caches
/// as far as it can.
/// </summary>
internal static class PartSize
{
    private const int Most = 16;

    /// <summary>Of the largest sum of values alive in the forward pass: beyond, more samples at once are no faster.</summary>
    private const long UsefulBytes = 16L << 20;

    /// <summary>By how much outputs of joined samples may differ from those of single ones, of the largest number: rounding, no more.</summary>
    private const float Rounding = 1e-3f;

    /// <summary>
    /// As many samples as both models can be given at once: 1 where a model has a fixed size for one, or answers otherwise to several than to each.
    /// </summary>
    /// <param name="samples">At least one.</param>
    /// <param name="models">Left as they are; a first size of 1 in their inputs and outputs is taken for the batch.</param>
    public static int Of(IReadOnlyList<Sample> samples, params ReadOnlySpan<Model> models)
    {
        if (samples[0].Inputs.Values.Any(input => input.Rank == 0 || input.Dims[0] != 1) || samples.Any(sample => !HaveOneShape(sample, samples[0])))
            return 1;
        var size = Math.Min(Most, samples.Count);
        foreach (var model in models)
        {
            var alive = ModelCost.Of(model).PeakActivationBytes ?? UsefulBytes;
            size = (int)Math.Clamp(UsefulBytes / Math.Max(1, alive), 1, size);
        }

        foreach (var model in models)
        {
            if (size > 1 && !Takes([.. samples.Take(size)], model))
                return 1;
        }

        return size;
    }

    private static bool HaveOneShape(Sample a, Sample b) => a.Inputs.All(input => input.Value.Dims.SequenceEqual(b.Inputs[input.Key].Dims));

    private static bool Takes(IReadOnlyList<Sample> samples, Model model)
    {
        try
        {
            var joined = Batches.Join(samples);
            using var several = FittedModel.Of(model, joined);
            using var one = FittedModel.Of(model, samples[0].Inputs);
            using var together = OrtModel.Load(several);
            using var alone = OrtModel.Load(one);
            var whole = together.Run(joined);
            return samples.Index().All(pair => alone.Run(pair.Item.Inputs).All(output => IsPart(output.Value, whole[output.Key], pair.Index, samples.Count)));
        }
        catch (DiagnosticException)
        {
            return false; // a Reshape to a fixed size, for example
        }
    }

    private static bool IsPart(Tensor one, Tensor whole, int place, int count)
    {
        if (one.Rank == 0 || whole.Count != one.Count * count || one.Type != ElementType.Float32)
            return one.Type != ElementType.Float32 && one.Rank > 0 && whole.Count == one.Count * count;
        var expected = one.Span<float>();
        var actual = whole.Span<float>().Slice((int)(place * one.Count), (int)one.Count);
        var largest = Math.Max(1e-6f, System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(expected));
        for (var i = 0; i < expected.Length; i++)
        {
            if (MathF.Abs(expected[i] - actual[i]) > Rounding * MathF.Abs(largest))
                return false;
        }

        return true;
    }
}
