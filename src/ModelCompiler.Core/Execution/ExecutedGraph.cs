using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Execution;

/// <summary>The graph that ONNX Runtime really runs: what its optimizer made of a model's file for this machine's CPU.</summary>
public static class ExecutedGraph
{
    /// <summary>Loads a model and looks at the graph that came of it. The optimizer writes it to a file of its own, with all weights in it.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static T Look<T>(string path, Func<Model, T> look)
    {
        using var folder = new TemporaryFolder();
        var executed = folder.File("executed.onnx");
        OrtModel.Load(path, ExecutionOptions.Optimized with { OptimizedModelPath = executed }).Dispose();
        using var model = OnnxReader.Read(executed);
        return look(model);
    }

    /// <summary>
    /// Every operator that is run, sorted. Two forms of a model with the same ones differ only in how the file stores their weights, so that they take equally
    /// long, whatever the noise of a measurement says.
    /// </summary>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static IReadOnlyList<string> Operators(string path) =>
        Look(path, model => (string[])[.. model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).Select(node => $"{node.Domain}.{node.OpType}").Order(StringComparer.Ordinal)]);
}
