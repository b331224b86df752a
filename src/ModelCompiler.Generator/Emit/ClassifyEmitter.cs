using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The <c>Classify</c> methods of a model whose task is classification.</summary>
internal static class ClassifyEmitter
{
    public static string? Image(ClassModel model) => !model.ClassifiesImages ? null : $$"""
        /// <summary>The class that the image most likely shows.</summary>
        {{ImageDoc}}
        {{Signatures.TokenDoc}}
        {{ResultDoc}}
        public {{Result(model)}} Classify({{Signatures.List([ImageParameter, Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return {{Best(model)}};
        }
        """;

    public static string? ImageTop(ClassModel model) => !model.ClassifiesImages ? null : $$"""
        /// <summary>The classes that the image most likely shows, the likeliest first.</summary>
        {{ImageDoc}}
        {{TopDoc}}
        {{Signatures.TokenDoc}}
        {{ResultsDoc}}
        public {{Results(model)}} Classify({{Signatures.List([ImageParameter, "int top", Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return {{Top(model)}};
        }
        """;

    public static string? Values(ClassModel model) => !model.ClassifiesValues ? null : $$"""
        /// <summary>The likeliest class of one sample.</summary>
        {{OneSample.Doc(model)}}
        {{Signatures.TokenDoc}}
        {{ResultDoc}}
        /// <exception cref="global::System.ArgumentException">There are more or fewer values than the model takes.</exception>
        public {{Result(model)}} Classify({{Signatures.List([OneSample.Parameter(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.Set(model)}}
            call.Run(cancellationToken);
            return {{Best(model)}};
        }
        """;

    public static string? ValuesTop(ClassModel model) => !model.ClassifiesValues ? null : $$"""
        /// <summary>The likeliest classes of one sample, the likeliest first.</summary>
        {{OneSample.Doc(model)}}
        {{TopDoc}}
        {{Signatures.TokenDoc}}
        {{ResultsDoc}}
        /// <exception cref="global::System.ArgumentException">There are more or fewer values than the model takes.</exception>
        public {{Results(model)}} Classify({{Signatures.List([OneSample.Parameter(model), "int top", Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.Set(model)}}
            call.Run(cancellationToken);
            return {{Top(model)}};
        }
        """;

    public static string? ImageFiltered(ClassModel model) => !model.ClassifiesImages ? null : $$"""
        /// <summary>The classes that the image most likely shows among those that count, the likeliest first.</summary>
        {{ImageDoc}}
        {{OptionsDoc}}
        {{Signatures.TokenDoc}}
        {{FilteredDoc}}
        {{OptionsError}}
        public {{Results(model)}} Classify({{Signatures.List([ImageParameter, Options(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return {{Filtered(model)}};
        }
        """;

    public static string? ValuesFiltered(ClassModel model) => !model.ClassifiesValues ? null : $$"""
        /// <summary>The likeliest classes of one sample among those that count, the likeliest first.</summary>
        {{OneSample.Doc(model)}}
        {{OptionsDoc}}
        {{Signatures.TokenDoc}}
        {{FilteredDoc}}
        /// <exception cref="global::System.ArgumentException">There are more or fewer values than the model takes, or a list of the options does not fit the model.</exception>
        public {{Results(model)}} Classify({{Signatures.List([OneSample.Parameter(model), Options(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.Set(model)}}
            call.Run(cancellationToken);
            return {{Filtered(model)}};
        }
        """;

    private const string ImageParameter = "global::ModelCompiler.PixelBuffer image";

    private const string ResultDoc = "/// <returns>The class, its score and its index.</returns>";

    private const string ResultsDoc = "/// <returns>Classes with their scores, the highest score first.</returns>";

    private const string ImageDoc = "/// <param name=\"image\">The image, of any size; it is prepared as <see cref=\"Preprocessing\"/> says.</param>";

    private const string TopDoc = "/// <param name=\"top\">How many classes, at least 1.</param>";

    private const string OptionsDoc = "/// <param name=\"options\">Which classes count, and how many are wanted.</param>";

    private const string FilteredDoc = "/// <returns>Classes with their scores, the highest score first; none where none of them is sure enough.</returns>";

    private const string OptionsError = "/// <exception cref=\"global::System.ArgumentException\">A list of the options names a class that the model does not have, or allows none.</exception>";

    private static string Options(ClassModel model) => $"global::ModelCompiler.ClassificationOptions<{model.LabelType}> options";

    private static string Filtered(ClassModel model) => $"global::ModelCompiler.ClassScores.Top<{model.LabelType}>({Scores(model)}, options, {Meaning(model)})";

    private static string Result(ClassModel model) => $"global::ModelCompiler.Classification<{model.LabelType}>";

    private static string Results(ClassModel model) => $"global::System.Collections.Generic.IReadOnlyList<{Result(model)}>";

    private static string Best(ClassModel model) => $"global::ModelCompiler.ClassScores.Best<{model.LabelType}>({Scores(model)}, {Meaning(model)})";

    private static string Top(ClassModel model) => $"global::ModelCompiler.ClassScores.Top<{model.LabelType}>({Scores(model)}, top, {Meaning(model)})";

    private static string Scores(ClassModel model) => $"call.Output<float>({SourceText.Number(model.ScoreOutput)})";

    /// <summary>The last arguments: what the scores are, and the temperature where the project gives one.</summary>
    private static string Meaning(ClassModel model) =>
        Kind(model) + (model.Manifest.Outputs[model.ScoreOutput].Temperature is { } temperature ? ", " + SourceText.Literal((float)temperature) : "");

    private static string Kind(ClassModel model) => "global::ModelCompiler.ScoreKind." + model.Manifest.Outputs[model.ScoreOutput].Kind switch
    {
        OutputKind.Probabilities => "Probabilities",
        OutputKind.Logits => "Logits",
        _ => "Raw",
    };
}
