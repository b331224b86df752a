using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The static data of a class: what the model is, where it runs, and how an image becomes its input.</summary>
internal static class DefinitionEmitter
{
    public static string Definition(ClassModel model) => $$"""
        private static readonly global::ModelCompiler.ModelDefinition Definition = new global::ModelCompiler.ModelDefinition({{SourceText.Literal(model.Manifest.Name)}})
        {
        {{SourceText.Indent(SourceText.Lines(
        [
            Initializers.Array("Inputs", "TensorSpec", model.Inputs.Select(Spec)),
            Initializers.Array("Outputs", "TensorSpec", model.Outputs.Select(Spec)),
            Initializers.Array("States", "StateSpec", StateEmitter.Pairs(model)),
            Initializers.Array("Profiles", "ModelProfile", model.Manifest.Profiles.Select(ProfileEmitter.Created)),
        ]), 1)}}
        };
        """;

    public static string? Preprocessing(ClassModel model) => model.Image is not { } image ? null : $$"""
        /// <summary>How an image becomes the input <c>{{SourceText.Doc(model.Inputs[0].OnnxName)}}</c>: {{ImageDocs.Describe(image)}}.</summary>
        public static global::ModelCompiler.ImagePreprocessing Preprocessing { get; } = new global::ModelCompiler.ImagePreprocessing
        {
        {{SourceText.Indent(SourceText.Lines(Settings(image)), 1)}}
        };
        """;

    private static IEnumerable<string?> Settings(ImageInput image)
    {
        yield return $"Layout = global::ModelCompiler.TensorLayout.{image.Layout},";
        yield return $"Channels = global::ModelCompiler.ChannelOrder.{image.Color},";
        yield return $"Resize = global::ModelCompiler.Resizing.{Resize(image.Resize)},";
        yield return image.CenterCrop is { } side ? $"CenterCrop = {SourceText.Number(side)}," : null;
        yield return image.Scale == 1 ? null : $"Scale = {SourceText.Literal(image.Scale)},";
        yield return image.Mean.All(mean => mean == 0) ? null : $"Mean = new[] {{ {Floats(image.Mean)} }},";
        yield return image.Std.All(std => std == 1) ? null : $"Std = new[] {{ {Floats(image.Std)} }},";
    }

    private static string Resize(ImageResize resize) => resize.Kind switch
    {
        ImageResizeKind.ShortSide => $"ShortSide({SourceText.Number(resize.Width)})",
        ImageResizeKind.Stretch => $"Stretch({SourceText.Number(resize.Width)}, {SourceText.Number(resize.Height)})",
        ImageResizeKind.Letterbox => $"Letterbox({SourceText.Number(resize.Width)}, {SourceText.Number(resize.Height)}, {SourceText.Number(resize.Fill)}, "
            + $"global::ModelCompiler.LetterboxPosition.{(resize.TopLeft ? "TopLeft" : "Center")})",
        _ => "None",
    };

    private static string Floats(EquatableArray<float> values) => string.Join(", ", values.Select(SourceText.Literal));

    private static string Spec(TensorModel value)
    {
        var name = SourceText.Literal(value.OnnxName);
        if (value.IsString)
            return $"global::ModelCompiler.TensorSpec.Strings({name}{(value.Value.Shape is { } known ? string.Concat(known.Select(axis => ", " + SourceText.Number(axis.Size ?? -1))) : ", null")})";
        if (value.Type is null)
            return $"global::ModelCompiler.TensorSpec.Opaque({name})";
        if (value.Value.Shape is not { } shape)
            return $"global::ModelCompiler.TensorSpec.Unranked<{value.Type}>({name})";

        var axes = shape.Select(axis => ", " + SourceText.Number(axis.Size ?? -1));
        return $"global::ModelCompiler.TensorSpec.Of<{value.Type}>({name}{string.Concat(axes)})";
    }
}
