using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tool.Inspect;

/// <summary>What a model is and costs, as <c>modelc inspect</c> tells it.</summary>
/// <param name="Name">The file's name without its extension, by which assets and classes are named.</param>
/// <param name="Opset">Version of ONNX's own operator set.</param>
/// <param name="Inputs">Inputs that a caller must give.</param>
/// <param name="Outputs">All outputs.</param>
/// <param name="Cost">Parameters and multiply-accumulates.</param>
internal sealed record InspectReport(
    string Name,
    long Opset,
    IReadOnlyList<ValueReport> Inputs,
    IReadOnlyList<ValueReport> Outputs,
    ModelCost Cost)
{
    /// <summary>Size on disk, external data included.</summary>
    public required long Bytes { get; init; }

    /// <summary>How often each operator occurs, nested graphs included, the most frequent first.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Operators { get; init; }

    public static InspectReport Of(Model model, string path) => new(
        ModelNames.Asset(path),
        model.Opset,
        [.. model.Graph.RequiredInputs.Select(ValueReport.Of)],
        [.. model.Graph.Outputs.Select(ValueReport.Of)],
        ModelCost.Of(model))
    {
        Bytes = new FileInfo(path).Length + ExternalBytes(model),
        Operators = CountOperators(model),
    };

    private static long ExternalBytes(Model model) => model.Graph.SelfAndNested
        .SelectMany(graph => graph.Initializers)
        .Select(value => value.Initializer!)
        .Where(tensor => tensor.ExternalFile is not null)
        .Sum(tensor => tensor.Data.Length);

    private static KeyValuePair<string, int>[] CountOperators(Model model) =>
    [
        .. model.Graph.SelfAndNested
            .SelectMany(graph => graph.Nodes)
            .CountBy(node => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}", StringComparer.Ordinal)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal),
    ];
}

/// <summary>An input or output.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">The element type of a tensor (<c>float</c>), else the whole type (<c>seq(tensor(float))</c>).</param>
/// <param name="Shape">A size, a name, or null for unknown on each axis; null where the model does not declare a rank.</param>
internal sealed record ValueReport(string Name, string Type, IReadOnlyList<Dimension>? Shape)
{
    public static ValueReport Of(Value value) => new(
        value.Name,
        value.TensorType is { } tensor ? tensor.Element.OnnxName() : value.Type?.ToString() ?? "unknown",
        value.Shape);
}
