using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>Runs one sample after the other, each while the values of the one before are looked at.</summary>
internal static class ObservedRuns
{
    /// <summary>Of the values of one sample: larger ones are looked at, and free again, before the next sample runs.</summary>
    private const long MostBytesAside = 64L << 20;

    /// <summary>Runs all samples on the caller's thread, and shows what each run made: in order, one after the other, on other threads.</summary>
    /// <param name="model">Runs them.</param>
    /// <param name="samples">A tensor for each of the model's inputs, by name.</param>
    /// <param name="look">Sees the observed values by name, in an order that never changes; nothing of a tensor may be used after the call.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses the inputs of a sample or fails on the way.</exception>
    public static void Show(ValueObserver model, IEnumerable<IReadOnlyDictionary<string, Tensor>> samples, Action<IReadOnlyList<KeyValuePair<string, Tensor>>> look)
    {
        var looking = Task.CompletedTask;
        try
        {
            foreach (var inputs in samples)
            {
                var run = model.Look(inputs);
                var mayWait = run.Bytes <= MostBytesAside;
                looking = After(looking, run, look);
                if (!mayWait)
                    looking.GetAwaiter().GetResult();
            }

            looking.GetAwaiter().GetResult();
        }
        finally
        {
            ((IAsyncResult)looking).AsyncWaitHandle.WaitOne(); // whatever fails, nobody looks at what is gone
        }
    }

    /// <summary>Begins to look at a run as soon as that is over which looks at the one before.</summary>
    private static Task After(Task before, ObservedRun run, Action<IReadOnlyList<KeyValuePair<string, Tensor>>> look)
    {
        try
        {
            before.GetAwaiter().GetResult();
        }
        catch
        {
            run.Dispose();
            throw;
        }

        return Task.Run(() =>
        {
            using (run)
                look(run.Values);
        });
    }
}
