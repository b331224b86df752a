using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using ModelCompiler.Calibration;

namespace ModelCompiler.Training.Steps;

/// <summary>
/// Carries out batches in parts. How many lanes there are does not depend on the machine, so that gradients are always added in the same order; how many run at once does.
/// </summary>
/// <param name="lanes">Each with memory of its own.</param>
/// <param name="part">Samples of one run.</param>
internal sealed class Lanes(IReadOnlyList<Lane> lanes, int part) : IDisposable
{
    /// <summary>More would help larger machines, and cost all of them the memory of more gradients.</summary>
    public const int Count = 4;

    /// <summary>The gradients of all runs since the last <see cref="Run"/> began, by parameter.</summary>
    public float[][] Gradients => lanes[0].Sums;

    /// <summary>Runs samples, a multiple of a part, and adds up losses and gradients.</summary>
    /// <param name="samples">Of one batch.</param>
    /// <param name="change">Changes samples once they lie in a lane's memory: the lane, and the place of its first sample among all.</param>
    /// <returns>The mean loss of the parts.</returns>
    /// <exception cref="Contract.DiagnosticException">MC1010: a run failed; MC0011: a sample has another shape.</exception>
    public double Run(IReadOnlyList<Sample> samples, Action<Lane, int> change)
    {
        var parts = samples.Count / part;
        InParallel(i =>
        {
            lanes[i].Clear();
            for (var place = i; place < parts; place += lanes.Count)
            {
                Batches.Write([.. Enumerable.Range(place * part, part).Select(sample => samples[sample])], lanes[i].Inputs);
                change(lanes[i], place * part);
                lanes[i].Run();
            }
        });
        foreach (var lane in lanes.Skip(1))
        {
            for (var i = 0; i < Gradients.Length; i++)
                TensorPrimitives.Add(Gradients[i], lane.Sums[i], Gradients[i]);
        }

        return lanes.Sum(lane => lane.Loss) / parts;
    }

    /// <summary>Does something for each lane; of what goes wrong in several, the first comes out.</summary>
    private void InParallel(Action<int> work)
    {
        try
        {
            Parallel.For(0, lanes.Count, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }

    public void Dispose()
    {
        foreach (var lane in lanes)
            lane.Dispose();
    }
}
