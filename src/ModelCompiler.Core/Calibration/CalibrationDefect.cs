using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>Why a data set says little or nothing of what a model will see.</summary>
/// <param name="Reason">In words that complete "the data is not typical: …".</param>
/// <param name="IsBlank">True where it says nothing at all: no input ever changes, neither within a sample nor from one to the next.</param>
internal sealed record CalibrationDefect(string Reason, bool IsBlank)
{
    /// <summary>Null for samples that differ; two of them are read to find that out.</summary>
    public static CalibrationDefect? Of(DataSet data)
    {
        Sample? first = null;
        foreach (var sample in data.Samples())
        {
            first ??= sample;
            if (!AreSame(first, sample))
                return null;
        }

        var howMany = data.Count == 1 ? "it is a single sample" : $"its {data.Count} samples are all the same";
        return first is not null && IsBlankIn(first) ? new($"{howMany}, and each input holds one number throughout", true) : new(howMany, false);
    }

    /// <summary>Whether no input changes within a sample. Inputs of a single number say nothing by their constancy, so that one of several must be there.</summary>
    public static bool IsBlankIn(Sample sample) =>
        sample.Inputs.Values.All(IsConstant) && sample.Inputs.Values.Any(input => input.Count != 1);

    private static bool AreSame(Sample one, Sample other) =>
        ReferenceEquals(one, other) || one.Inputs.All(input => AreSame(input.Value, other.Inputs[input.Key]));

    private static bool AreSame(Tensor one, Tensor other) =>
        one.Dims.SequenceEqual(other.Dims) &&
        (one.Type == ElementType.String
            ? one.Strings.Zip(other.Strings).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span))
            : one.Data.Span.SequenceEqual(other.Data.Span));

    private static bool IsConstant(Tensor tensor)
    {
        var size = tensor.Type.BitWidth() / 8;
        if (size == 0) // strings, and numbers that share a byte
            return false;
        var data = tensor.Data.Span;
        return data.IsEmpty || data[size..].SequenceEqual(data[..^size]); // equal to itself moved on by one element
    }
}
