using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>What a class is asked most, as a function from one input to one output that a test can put something else for: <c>IModel&lt;TInput, TOutput&gt;</c>.</summary>
internal static class FunctionEmitter
{
    private const string Image = "global::ModelCompiler.PixelBuffer";

    /// <summary>The interfaces that the class implements.</summary>
    public static IEnumerable<string> Interfaces(ClassModel model) => Functions(model).Select(function => function.Interface);

    public static IEnumerable<string> Members(ClassModel model) => Functions(model).Select(function => $$"""
        /// <inheritdoc/>
        {{function.Output}} {{function.Interface}}.Run({{function.Input}} input, global::System.Threading.CancellationToken cancellationToken) => {{function.Call}};
        """);

    private static IEnumerable<Function> Functions(ClassModel model)
    {
        if (model.App.AllowsRefStructArguments && OfImage(model) is var (method, output))
            yield return new Function(Image, output, $"{method}(input, cancellationToken: cancellationToken)");
        if (OfValues(model) is var (valuesMethod, valuesOutput))
            yield return new Function($"global::System.ReadOnlyMemory<{model.Inputs[0].Type}>", valuesOutput, $"{valuesMethod}(input.Span, cancellationToken: cancellationToken)");
    }

    private static (string Method, string Output)? OfImage(ClassModel model)
    {
        if (model.ClassifiesImages)
            return ("Classify", $"global::ModelCompiler.Classification<{model.LabelType}>");
        if (model.Detector is not null)
            return ("Detect", $"global::System.Collections.Generic.IReadOnlyList<global::ModelCompiler.Detection<{model.LabelType}>>");
        if (model.Segmenter is not null)
            return ("Segment", $"global::ModelCompiler.SegmentationMask<{model.LabelType}>");
        if (model.EmbedsImages)
            return ("Embed", "global::ModelCompiler.Embedding");
        if (model.PredictsFromImages)
            return ("Predict", PredictEmitter.Result(model));
        return model.IsTyped && model.Image is not null ? ("Run", Result(model)) : null;
    }

    private static (string Method, string Output)? OfValues(ClassModel model)
    {
        if (model.ClassifiesValues)
            return ("Classify", $"global::ModelCompiler.Classification<{model.LabelType}>");
        if (model.EmbedsValues)
            return ("Embed", "global::ModelCompiler.Embedding");
        if (model.PredictsFromValues)
            return ("Predict", PredictEmitter.Result(model));
        return model.IsTyped && model.Inputs.Count == 1 && model.Inputs[0] is { IsFixed: true, IsScalar: false, Role: ValueRole.Caller } ? ("Run", Result(model)) : null;
    }

    /// <summary>The base list of a class does not see what is nested in it.</summary>
    private static string Result(ClassModel model) => RunEmitter.ResultType(model) is "Outputs" ? $"{model.Name}.Outputs" : RunEmitter.ResultType(model);

    private sealed record Function(string Input, string Output, string Call)
    {
        public string Interface => $"global::ModelCompiler.IModel<{Input}, {Output}>";
    }
}
