using System.Collections.Concurrent;

namespace ModelCompiler.Calibration;

/// <summary>Reads samples on a thread of its own, a few ahead of who uses them: decoding goes on while a model runs.</summary>
internal static class ReadAhead
{
    /// <summary>The same samples in the same order. What reading throws comes out in the place of the sample that could not be read.</summary>
    /// <param name="samples">Read by one thread at a time.</param>
    /// <param name="ahead">Samples that may wait.</param>
    public static IEnumerable<Sample> Of(IEnumerable<Sample> samples, int ahead)
    {
        using var waiting = new BlockingCollection<Sample>(ahead);
        using var stop = new CancellationTokenSource();
        var reading = Task.Factory.StartNew(() => Read(samples, waiting, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var sample in waiting.GetConsumingEnumerable())
                yield return sample;
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // Whoever stops early does not want to hear of samples that they never asked for.
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Read(IEnumerable<Sample> samples, BlockingCollection<Sample> waiting, CancellationToken stop)
    {
        try
        {
            foreach (var sample in samples)
                waiting.Add(sample, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for the rest.
        }
        finally
        {
            waiting.CompleteAdding();
        }
    }
}
