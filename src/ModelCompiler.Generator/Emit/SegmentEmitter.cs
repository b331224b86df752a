using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The <c>Segment</c> method of a model whose task is segmentation, and how it reads the output.</summary>
internal static class SegmentEmitter
{
    public static string? Image(ClassModel model) => model.Segmenter is not { } segmenter ? null : $$"""
        /// <summary>The class of each pixel of the image.</summary>
        /// <param name="image">The image, of any size; it is prepared as <see cref="Preprocessing"/> says.</param>
        {{Signatures.TokenDoc}}
        /// <returns>A mask of the image's own size. Pixels that a crop keeps from the model are marked as unseen.</returns>
        public global::ModelCompiler.SegmentationMask<{{model.LabelType}}> Segment({{Signatures.List(["global::ModelCompiler.PixelBuffer image", Signatures.Token])}})
        {
            using var call = _session.Rent();
            var geometry = call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return Segmenter.{{Read(model, segmenter)}}(call, image, geometry);
        }
        """;

    public static string? Segmenter(ClassModel model) => model.Segmenter is not { } segmenter ? null : $$"""
        private static readonly global::ModelCompiler.ImageSegmenter Segmenter = new global::ModelCompiler.ImageSegmenter(
            Definition, {{SourceText.Number(segmenter.Output)}}, global::ModelCompiler.ClassMapForm.{{segmenter.Map.Values}}, channelsLast: {{(segmenter.Map.Layout == ImageLayout.Nhwc ? "true" : "false")}});
        """;

    private static string Read(ClassModel model, SegmenterModel segmenter) =>
        segmenter.Map.Values == ClassMapValues.Indices ? $"ReadIndices<{model.LabelType}, {segmenter.Type}>" : $"Read<{model.LabelType}>";
}
