using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The <c>Embed</c> methods of a model whose task is embedding.</summary>
internal static class EmbedEmitter
{
    public static string? Image(ClassModel model) => !model.EmbedsImages ? null : $$"""
        /// <summary>What the model sees in the image, as a point of unit length: similar images lie close together.</summary>
        /// <param name="image">The image, of any size; it is prepared as <see cref="Preprocessing"/> says.</param>
        {{Signatures.TokenDoc}}
        {{ErrorDoc}}
        public {{Result}} Embed({{Signatures.List(["global::ModelCompiler.PixelBuffer image", Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return new {{Result}}({{Output(model)}});
        }
        """;

    public static string? Values(ClassModel model) => !model.EmbedsValues ? null : $$"""
        /// <summary>What the model sees in one sample, as a point of unit length: similar samples lie close together.</summary>
        {{OneSample.Doc(model)}}
        {{Signatures.TokenDoc}}
        {{ErrorDoc}}
        public {{Result}} Embed({{Signatures.List([OneSample.Parameter(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.Set(model)}}
            call.Run(cancellationToken);
            return new {{Result}}({{Output(model)}});
        }
        """;

    public static string? Batch(ClassModel model) => !model.EmbedsBatches ? null : $$"""
        /// <summary>What the model sees in several samples, in one run.</summary>
        {{OneSample.Doc(model).Replace("of one sample", "of all samples, one after the other")}}
        /// <param name="count">How many samples, at least 1.</param>
        {{Signatures.TokenDoc}}
        /// <returns>One for each sample, in their order.</returns>
        {{ErrorDoc}}
        public global::System.Collections.Generic.IReadOnlyList<{{Result}}> EmbedBatch({{Signatures.List([OneSample.Parameter(model), "int count", Signatures.Token])}})
        {
            using var call = _session.Rent();
            {{OneSample.SetBatch(model, "count")}}
            call.Run(cancellationToken);
            return {{Result}}.Batch({{Output(model)}}, count);
        }
        """;

    private const string Result = "global::ModelCompiler.Embedding";

    private const string ErrorDoc = "/// <exception cref=\"global::System.ArgumentException\">The model takes other values, or what it answers has no direction: all 0, or not finite.</exception>";

    private static string Output(ClassModel model) => $"call.Output<float>({SourceText.Number(model.EmbeddingOutput)})";
}
