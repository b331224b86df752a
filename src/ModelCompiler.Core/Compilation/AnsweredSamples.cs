using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Compilation;

/// <summary>
/// Samples with what the original makes of them, for the comparison with one form after the other: what fits into memory is computed once. The original runs on a thread
/// of its own, so that it answers the next sample while a form is asked for this one.
/// </summary>
/// <param name="original">The original, running.</param>
/// <param name="samples">The samples.</param>
internal sealed class AnsweredSamples(OrtModel original, DataSet samples) : IDisposable
{
    /// <summary>One is enough to keep two processors busy; outputs may be large.</summary>
    private const int MostAhead = 1;

    private readonly Dictionary<int, IReadOnlyDictionary<string, Tensor>> _answers = [];
    private readonly CancellationTokenSource _asked = new();
    private Task _beforehand = Task.CompletedTask;
    private long _room = 32L << 20;

    public int Count => samples.Count;

    /// <summary>
    /// Answers the first samples until somebody asks for them: much of building a form is work for one processor, and another one idle.
    /// </summary>
    /// <param name="bytes">Of inputs; more would be read twice, since no more are kept.</param>
    public void AnswerBeforehand(long bytes) => _beforehand = Task.Factory.StartNew(() => AnswerUntilAsked(bytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>All samples; the outputs of the original are their expected outputs.</summary>
    public IEnumerable<Sample> All()
    {
        EndBeforehand();
        return ReadAhead.Of(samples.Samples().Select((sample, i) => sample with { ExpectedOutputs = AnswerTo(sample, i) }), MostAhead);
    }

    /// <summary>At most so many of them, spread evenly over the set.</summary>
    public IEnumerable<Sample> Spread(int limit)
    {
        EndBeforehand();
        return samples.Samples(limit).Zip(samples.PlacesOf(limit), (sample, place) => sample with { ExpectedOutputs = AnswerTo(sample, place) });
    }

    public void Dispose()
    {
        EndBeforehand();
        _asked.Dispose();
    }

    private void AnswerUntilAsked(long bytes)
    {
        try
        {
            foreach (var (i, sample) in samples.Samples().Index())
            {
                bytes -= sample.Inputs.Values.Sum(input => input.Data.Length);
                if (bytes < 0 || _asked.IsCancellationRequested)
                    return;
                AnswerTo(sample, i);
            }
        }
        catch (DiagnosticException)
        {
            // It comes again in its place, for whoever asks for that sample.
        }
    }

    private void EndBeforehand()
    {
        _asked.Cancel();
        _beforehand.GetAwaiter().GetResult();
    }

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
