using System.Diagnostics;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation;

public static class LoadTime
{
    private const int Loads = 3;

    /// <summary>The median time to load a model file, in milliseconds. Too noisy to rank models by.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static double MedianMs(string path, ExecutionOptions? options = null) => new Distribution(Enumerable.Range(0, Loads).Select(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        using var model = OrtModel.Load(path, options);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    })).Median;
}
