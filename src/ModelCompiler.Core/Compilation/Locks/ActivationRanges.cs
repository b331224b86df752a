using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.Locks;

/// <summary>How the integers of a compiled model's activations are read, taken from the operators that make them.</summary>
/// <remarks>
/// An activation is called as its scale is, which the compiler names after the original's value: the integers themselves are named anew where operators are rewritten, and have other names
/// as soon as a layer before them changes. Activations that share one scale are one.
/// </remarks>
internal static class ActivationRanges
{
    private const string EndOfScale = "_scale";

    /// <summary>One for each activation that becomes integer with one scale, in the order of the graph; none in a model without such.</summary>
    /// <param name="path">The compiled model.</param>
    public static EquatableArray<LockedRange> Of(string path)
    {
        using var model = OnnxReader.Read(path);
        var ranges = model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).Select(RangeOf).OfType<LockedRange>();
        return new(ranges.DistinctBy(range => range.Tensor, StringComparer.Ordinal));
    }

    private static LockedRange? RangeOf(Node node)
    {
        if (StatedParameters.IsQuantizer(node))
            return node.Input(0) is { Constant: null } ? Range(node.Input(1), node.Input(2)) : null;
        return PlaceOfOutputScale(node) is { } place ? Range(node.Input(place), node.Input(place + 1)) : null;
    }

    /// <summary>Where an operator on integers has the scale of its output, with the zero point behind it; null for any other operator.</summary>
    private static int? PlaceOfOutputScale(Node node) => node.OpType switch
    {
        "QLinearConv" or "QLinearMatMul" or "QLinearAdd" or "QLinearMul" => 6,
        "QGemm" => 7,   // behind the bias
        "QLinearConcat" => 0,
        "QLinearSigmoid" or "QLinearLeakyRelu" or "QLinearSoftmax" or "QLinearAveragePool" or "QLinearGlobalAveragePool" => 3,
        _ => null,
    };

    private static LockedRange? Range(Value? scale, Value? zeroPoint)
    {
        if (scale?.Constant is not { Count: 1, Type: ElementType.Float32 } one)
            return null;
        var zero = zeroPoint?.Constant is { Count: 1 } stored ? stored.ToFloats()[0] : 0;
        var name = scale.Name.EndsWith(EndOfScale, StringComparison.Ordinal) ? scale.Name[..^EndOfScale.Length] : scale.Name;
        return new(name, string.Create(CultureInfo.InvariantCulture, $"scale {one.Span<float>()[0]:G4}, zero {zero:0}"));
    }
}
