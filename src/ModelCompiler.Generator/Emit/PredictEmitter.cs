using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The <c>Predict</c> methods of a model whose task is regression.</summary>
internal static class PredictEmitter
{
    public static string? Image(ClassModel model) => !model.PredictsFromImages ? null : $$"""
        /// <summary>What the model predicts from the image.</summary>
        /// <param name="image">The image, of any size; it is prepared as <see cref="Preprocessing"/> says.</param>
        {{Signatures.TokenDoc}}
        {{ReturnsDoc(model)}}
        public {{Result(model)}} Predict({{Signatures.List(["global::ModelCompiler.PixelBuffer image", Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return {{Read(model)}};
        }
        """;

    public static string? Values(ClassModel model) => !model.PredictsFromValues ? null : $$"""
        /// <summary>What the model predicts from one sample.</summary>
        {{OneSample.Doc(model)}}
        {{Signatures.TokenDoc}}
        {{ReturnsDoc(model)}}
        {{ErrorDoc}}
        public {{Result(model)}} Predict({{Signatures.List([OneSample.Parameter(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.Set(model)}}
            call.Run(cancellationToken);
            return {{Read(model)}};
        }
        """;

    public static string? Batch(ClassModel model) => !model.PredictsBatches ? null : $$"""
        /// <summary>What the model predicts from several samples, in one run.</summary>
        {{OneSample.Doc(model).Replace("of one sample", "of all samples, one after the other")}}
        /// <param name="count">How many samples, at least 1.</param>
        {{Signatures.TokenDoc}}
        /// <returns>One for each sample, in their order.</returns>
        {{ErrorDoc}}
        public {{Results(model)}} PredictBatch({{Signatures.List([OneSample.Parameter(model), "int count", Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.SetBatch(model, "count")}}
            call.Run(cancellationToken);
            return {{ReadBatch(model)}};
        }
        """;

    private const string ErrorDoc = "/// <exception cref=\"global::System.ArgumentException\">There are more or fewer values than the model takes.</exception>";

    private static bool IsOne(ClassModel model) => model.Predictor!.IsOne;

    private static string Named(ClassModel model) => $"global::ModelCompiler.Regression<{model.LabelEnum}>";

    /// <summary>A number, numbers with names, or numbers.</summary>
    public static string Result(ClassModel model) => IsOne(model) ? "float" : model.Labels.Count > 0 ? Named(model) : "float[]";

    private static string Results(ClassModel model) => IsOne(model) ? "float[]" : $"global::System.Collections.Generic.IReadOnlyList<{Result(model)}>";

    private static string Read(ClassModel model)
    {
        if (IsOne(model))
            return Output(model) + "[0]";
        return model.Labels.Count > 0 ? $"new {Named(model)}({Output(model)}.ToArray())" : Output(model) + ".ToArray()";
    }

    private static string ReadBatch(ClassModel model)
    {
        if (IsOne(model))
            return Output(model) + ".ToArray()";
        return model.Labels.Count > 0 ? $"global::ModelCompiler.Regression.Samples<{model.LabelEnum}>({Output(model)}, count)" : $"global::ModelCompiler.Regression.Samples({Output(model)}, count)";
    }

    private static string Output(ClassModel model) => $"call.Output<float>({SourceText.Number(model.Predictor!.Output)})";

    private static string ReturnsDoc(ClassModel model)
    {
        var output = SourceText.Doc(model.Outputs[model.Predictor!.Output].OnnxName);
        if (IsOne(model))
            return $"/// <returns>The value of the output <c>{output}</c>.</returns>";
        return model.Labels.Count > 0
            ? $"/// <returns>The values of the output <c>{output}</c>, each by its label.</returns>"
            : $"/// <returns>The values of the output <c>{output}</c>, row-major.</returns>";
    }
}
