using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests;

/// <summary>A model as lines of text, complete down to a hash of every weight: two models with the same text are the same.</summary>
internal static class GraphText
{
    public static string Of(Model model)
    {
        var text = new StringBuilder();
        Line(text, 0, $"ir {model.IrVersion}");
        foreach (var (domain, version) in model.Opsets)
            Line(text, 0, $"opset '{domain}' {version}");
        foreach (var (key, value) in model.Metadata)
            Line(text, 0, $"metadata {key}={value}");
        foreach (var function in model.Functions)
            Line(text, 0, $"function {function.Domain}.{function.Name}");
        Append(text, model.Graph, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Graph graph, int depth)
    {
        Line(text, depth, $"graph {graph.Name}");
        foreach (var input in graph.Inputs)
            Line(text, depth, $"input {input}");
        foreach (var value in graph.Initializers)
            Line(text, depth, $"initializer {value.Name} = {Describe(value.Initializer!)}");
        foreach (var node in graph.Nodes)
        {
            Line(text, depth, $"{string.Join(", ", node.Outputs)} = {node.Domain}.{node.OpType} '{node.Name}' ({string.Join(", ", node.Inputs.Select(input => input?.Name))})");
            foreach (var (name, value) in node.Attributes)
                Append(text, name, value, depth + 1);
        }

        foreach (var output in graph.Outputs)
            Line(text, depth, $"output {output}");
    }

    private static void Append(StringBuilder text, string name, AttributeValue value, int depth)
    {
        Line(text, depth, $"{name}: {value.GetType().Name} {Describe(value)}");
        foreach (var graph in value.Graphs)
            Append(text, graph, depth + 1);
    }

    private static string Describe(AttributeValue value) => value switch
    {
        AttributeValue.Int one => one.Value.ToString(CultureInfo.InvariantCulture),
        AttributeValue.Float one => one.Value.ToString("R", CultureInfo.InvariantCulture),
        AttributeValue.Bytes one => Convert.ToHexString(one.Value.Span),
        AttributeValue.Ints many => string.Join(',', many.Values),
        AttributeValue.Floats many => string.Join(',', many.Values.Select(one => one.ToString("R", CultureInfo.InvariantCulture))),
        AttributeValue.ManyBytes many => string.Join(',', many.Values.Select(one => Convert.ToHexString(one.Span))),
        AttributeValue.OfTensor one => Describe(one.Value),
        AttributeValue.OfTensors many => string.Join(',', many.Values.Select(Describe)),
        AttributeValue.Opaque opaque => opaque.Record.ToString()!,
        _ => "",
    };

    private static string Describe(Tensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[1 << 16];
        for (long offset = 0; offset < tensor.Data.Length; offset += piece.Length)
        {
            var part = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.Data.Length - offset));
            tensor.Data.Read(offset, part);
            hash.AppendData(part);
        }

        foreach (var element in tensor.Strings)
            hash.AppendData(element.Span);
        return $"{tensor} {Convert.ToHexString(hash.GetHashAndReset())} {tensor.ExternalFile}";
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
