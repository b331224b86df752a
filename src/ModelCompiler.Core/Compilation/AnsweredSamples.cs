using ModelCompiler.Calibration;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Compilation;

/// <summary>
/// Samples with what the original makes of them, for the comparison with one form after the other: what fits into memory is computed once. The original runs on a thread
/// of its own, so that it answers the next sample while a form is asked for this one.
/// </summary>
/// <param name="original">The original, running.</param>
/// <param name="samples">The samples.</param>
internal sealed class AnsweredSamples(OrtModel original, DataSet samples)
{
    /// <summary>One is enough to keep two processors busy; outputs may be large.</summary>
    private const int MostAhead = 1;

    private readonly Dictionary<int, IReadOnlyDictionary<string, Tensor>> _answers = [];
    private long _room = 32L << 20;

    public int Count => samples.Count;

    /// <summary>All samples; the outputs of the original are their expected outputs.</summary>
    public IEnumerable<Sample> All() => ReadAhead.Of(samples.Samples().Select((sample, i) => sample with { ExpectedOutputs = AnswerTo(sample, i) }), MostAhead);

    private IReadOnlyDictionary<string, Tensor> AnswerTo(Sample sample, int index)
    {
        if (_answers.TryGetValue(index, out var known))
            return known;
        var answer = original.Run(sample.Inputs, original.ReadableOutputs);
        var bytes = answer.Values.Sum(tensor => tensor.Data.Length);
        if (bytes > _room)
            return answer;
        _room -= bytes;
        return _answers[index] = answer;
    }
}
