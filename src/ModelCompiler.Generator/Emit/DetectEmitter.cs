using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The <c>Detect</c> method of a model whose task is detection, and how it reads the outputs.</summary>
internal static class DetectEmitter
{
    public static string? Image(ClassModel model) => model.Detector is null ? null : $$"""
        /// <summary>The objects in the image, one box each, the surest first.</summary>
        /// <param name="image">The image, of any size; it is prepared as <see cref="Preprocessing"/> says.</param>
        /// <param name="options">Which boxes count as objects; null for <see cref="global::ModelCompiler.DetectionOptions.Default"/>.</param>
        {{Signatures.TokenDoc}}
        /// <returns>Class, score and box of each, in the image's pixels.</returns>
        public global::System.Collections.Generic.IReadOnlyList<global::ModelCompiler.Detection<{{model.LabelType}}>> Detect({{Signatures.List(
            ["global::ModelCompiler.PixelBuffer image", "global::ModelCompiler.DetectionOptions? options = null", Signatures.Token])}})
        {
            using var call = _session.Rent();
            var geometry = call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return Objects.Read<{{model.LabelType}}>(call, image, geometry, options);
        }
        """;

    public static string? Objects(ClassModel model) => model.Detector is not { } detector ? null : $$"""
        private static readonly global::ModelCompiler.ObjectDetector Objects = new global::ModelCompiler.ObjectDetector(
            {{Table(detector.Boxes)}},
            {{(detector.Scores is { } scores ? Table(scores) : "null")}},
            new global::ModelCompiler.DetectionHead
            {
        {{SourceText.Indent(SourceText.Lines(Head(detector)), 2)}}
            });
        """;

    private static IEnumerable<string?> Head(DetectorModel detector)
    {
        yield return $"Boxes = global::ModelCompiler.BoxForm.{detector.Box},";
        yield return detector.IsRelative ? "IsRelative = true," : null;
        yield return detector.Format.HasObjectness ? "HasObjectness = true," : null;
        yield return detector.Format.Background is { } background ? $"Background = {SourceText.Number(background)}," : null;
        yield return detector.Format.Strides.Count == 0 ? null : $"Strides = new[] {{ {string.Join(", ", detector.Format.Strides.Select(stride => SourceText.Number(stride)))} }},";
    }

    private static string Table(DetectorOutputModel table) =>
        $"new global::ModelCompiler.DetectorOutput({SourceText.Number(table.Index)}, {SourceText.Number(table.Columns)}, columnsFirst: {(table.ColumnsFirst ? "true" : "false")})";
}
