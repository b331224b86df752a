using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>How a value that is no tensor of numbers appears in C#.</summary>
/// <param name="Type">Its C# type.</param>
/// <param name="Read">The method that copies it from ONNX Runtime's form, as an expression.</param>
/// <param name="Write">The method that makes ONNX Runtime's form of it, as an expression.</param>
internal sealed record ValueForm(string Type, string Read, string Write)
{
    private const string Values = "global::ModelCompiler.ModelValues";

    /// <summary>Of a type as <see cref="ValueSignature.TypeText"/> writes it, for example <c>seq(map(int64,tensor(float)))</c>; null where C# has no form of it.</summary>
    public static ValueForm? Of(string type, int depth = 0)
    {
        if (Inside(type, "seq") is { } item)
            return Of(item, depth + 1) is { } form ? Sequence(form, "item" + SourceDepth(depth)) : null;
        if (Inside(type, "map") is { } map)
            return Map(map.Split(','));
        if (Inside(type, "tensor") is not { } number)
            return null;
        return number == "string" ? Strings : CSharpTypes.OfTensor(number) is { } known ? Tensor(known) : null;
    }

    private static ValueForm Strings { get; } = new("global::ModelCompiler.ModelTensor<string>", $"{Values}.Strings", $"{Values}.FromTensor");

    private static ValueForm Tensor(string type) => new($"global::ModelCompiler.ModelTensor<{type}>", $"{Values}.Tensor<{type}>", $"{Values}.FromTensor<{type}>");

    /// <summary>Of <c>int64,tensor(float)</c>: maps of anything but tensors are in no model that ONNX Runtime runs.</summary>
    private static ValueForm? Map(string[] types)
    {
        if (types.Length != 2 || CSharpTypes.OfMap(types[0]) is not { } key || Inside(types[1], "tensor") is not { } element || CSharpTypes.OfMap(element) is not { } value)
            return null;
        return new($"global::System.Collections.Generic.IReadOnlyDictionary<{key}, {value}>", $"{Values}.Map<{key}, {value}>", $"{Values}.FromMap<{key}, {value}>");
    }

    private static ValueForm Sequence(ValueForm item, string name) => new(
        $"global::System.Collections.Generic.IReadOnlyList<{item.Type}>",
        $"static {name} => {Values}.Sequence<{item.Type}>({name}, {item.Read})",
        $"static {name} => {Values}.FromSequence<{item.Type}>({name}, {item.Write})");

    private static string SourceDepth(int depth) => depth == 0 ? "s" : depth.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Inside(string type, string word) =>
        type.StartsWith(word + "(", StringComparison.Ordinal) && type.EndsWith(")", StringComparison.Ordinal) ? type.Substring(word.Length + 1, type.Length - word.Length - 2) : null;
}
