using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>How much a model's tensors weigh and where they lie.</summary>
internal static class ModelTensors
{
    /// <summary>Bytes that would stand in the model's file when external tensors stay outside.</summary>
    public static long InlineBytes(Model model) => Records(model) + Of(model).Where(tensor => tensor.ExternalFile is null).Sum(tensor => tensor.Data.Length);

    public static long AllBytes(Model model) => Records(model) + Of(model).Sum(tensor => tensor.Data.Length);

    /// <summary>Full paths of the files of external data.</summary>
    public static IReadOnlySet<string> FilesOf(Model model) =>
        Of(model).Select(tensor => tensor.Data).OfType<MappedTensorData>().Select(data => data.File.Path).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<Tensor> Of(Model model) => model.Graph.SelfAndNested.SelectMany(graph =>
        graph.Initializers.Select(value => value.Initializer!).Concat(graph.Nodes.SelectMany(node => node.Attributes.Values).SelectMany(Of)));

    private static IEnumerable<Tensor> Of(AttributeValue attribute) => attribute switch
    {
        AttributeValue.OfTensor one => [one.Value],
        AttributeValue.OfTensors many => many.Values,
        _ => [],
    };

    /// <summary>Functions and training graphs travel whole, with their tensors.</summary>
    private static long Records(Model model) =>
        model.Functions.Sum(function => (long)((FunctionProto)function.Record).CalculateSize()) + ((model.Record as ModelProto)?.CalculateSize() ?? 0);
}
