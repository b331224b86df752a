using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>Parameters, arguments and their documentation, as they recur in the methods of a class.</summary>
internal static class Signatures
{
    private const int MaxLine = 150;

    public const string Token = "global::System.Threading.CancellationToken cancellationToken = default";

    public const string TokenDoc = "/// <param name=\"cancellationToken\">Ends the run early.</param>";

    /// <summary><c>ReadOnlySpan&lt;float&gt; data, int batch</c> — with spans for work that is done before returning, memory for work that is not.</summary>
    public static IEnumerable<string> Inputs(ClassModel model, string container) =>
        model.Given.SelectMany(input => Input(input, container)).Concat(State(model)).Concat(model.Axes.Select(axis => $"int {axis.Parameter}"));

    /// <summary><c>Span&lt;float&gt; scores</c></summary>
    public static IEnumerable<string> Destinations(ClassModel model) =>
        model.Results.Select(output => $"global::System.Span<{output.Type}> {output.Parameter}");

    /// <summary>In one line while it is short, else one below the other.</summary>
    public static string List(IEnumerable<string> parameters)
    {
        var all = parameters.ToArray();
        return all.Sum(parameter => parameter.Length) <= MaxLine ? string.Join(", ", all) : "\n    " + string.Join(",\n    ", all);
    }

    public static IEnumerable<string> InputDocs(ClassModel model) =>
        model.Given.SelectMany(InputDoc).Concat(StateDoc(model)).Concat(model.Axes.Select(AxisDoc));

    public static IEnumerable<string> DestinationDocs(ClassModel model) =>
        model.Results.Select(output => $"/// <param name=\"{Plain(output.Parameter)}\">Receives the output <c>{SourceText.Doc(output.OnnxName)}</c>: {Values(output)}.</param>");

    /// <summary>The name as documentation and <c>nameof</c> have it: without the @ of a keyword.</summary>
    public static string Plain(string parameter) => parameter.TrimStart('@');

    /// <summary><c>1,000 values [1, 1000]</c></summary>
    public static string Values(TensorModel value)
    {
        if (value.Form is not null)
            return $"a value of the type {OnnxType(value)}";
        if (value.IsScalar)
            return "one value";
        if (value.IsUnranked)
            return "values of any shape";

        if (!value.IsFixed)
            return $"values of the shape {Shape(value)}";

        return value.Length == 1 ? $"one value {Shape(value)}" : $"{SourceText.Grouped(value.Length)} values {Shape(value)}";
    }

    /// <summary><c>[1, 3, height, width]</c></summary>
    public static string Shape(TensorModel value)
    {
        if (value.Value.Shape is not { } shape)
            return value.Value.Kind == ValueKind.Tensor ? "of any shape" : "value";

        return shape.Count == 0 ? "scalar" : $"[{SourceText.Doc(string.Join(", ", shape))}]";
    }

    /// <summary>What the model calls the type: <c>float</c>, <c>int64</c>, or the whole of it for what is no tensor.</summary>
    public static string OnnxType(TensorModel value) =>
        value.Value.Kind == ValueKind.Tensor ? value.Value.ElementType.OnnxName() : SourceText.Doc(value.Value.TypeText);

    private static IEnumerable<string> Input(TensorModel input, string container)
    {
        if (input.Form is { } form)
        {
            yield return $"{form.Type} {input.Parameter}";
            yield break;
        }

        yield return input.IsScalar ? $"{input.Type} {input.Parameter}" : $"global::System.{container}<{input.Type}> {input.Parameter}";
        if (input.IsUnranked)
            yield return $"global::System.{container}<long> {Plain(input.Parameter)}Shape";
    }

    private static IEnumerable<string> InputDoc(TensorModel input)
    {
        yield return $"/// <param name=\"{Plain(input.Parameter)}\">The input <c>{SourceText.Doc(input.OnnxName)}</c>: {Values(input)}{(input.IsScalar || input.Form is not null ? "" : ", row-major")}.</param>";
        if (input.IsUnranked)
            yield return $"/// <param name=\"{Plain(input.Parameter)}Shape\">The length of each of its axes.</param>";
    }

    private static IEnumerable<string> State(ClassModel model)
    {
        if (model.State is { } state)
            yield return $"global::ModelCompiler.ModelState {state}";
    }

    private static IEnumerable<string> StateDoc(ClassModel model)
    {
        if (model.State is { } state)
            yield return $"/// <param name=\"{state}\">What the model remembers of the runs before, from <see cref=\"CreateState\"/>; the run leaves it as the next one needs it.</param>";
    }

    private static string AxisDoc(AxisModel axis) => axis.OnnxName is { } name
        ? $"/// <param name=\"{Plain(axis.Parameter)}\">The length of the axis <c>{SourceText.Doc(name)}</c>.</param>"
        : $"/// <param name=\"{Plain(axis.Parameter)}\">The length of axis {SourceText.Number(axis.Index)} of <c>{SourceText.Doc(axis.Input)}</c>, which the model leaves open.</param>";
}
