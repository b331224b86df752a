using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The nested class of sizes that the model fixes.</summary>
internal static class DimsEmitter
{
    public static string? Dims(ClassModel model)
    {
        var constants = Constants(model);
        return constants.Count == 0 ? null : $$"""
            /// <summary>The sizes that the model fixes.</summary>
            public static class Dims
            {
            {{SourceText.Indent(SourceText.Members([.. constants]), 1)}}
            }
            """;
    }

    private static List<string> Constants(ClassModel model)
    {
        var scope = new NameScope("Dims");
        var constants = new List<string>();
        if (model.Image is { } image && model.Inputs[0].Value.Shape is { Count: 4 } shape)
            AddImage(constants, scope, model.Inputs[0], image, shape);
        foreach (var input in model.Given)
            AddValue(constants, scope, input, "input", named: model.Image is null);
        if (model.ScoreOutput >= 0 && ModelDescriber.ClassCount(model.Outputs[model.ScoreOutput].Value) is { } classes)
            Add(constants, scope, "Classes", classes, "Classes that the model tells apart.");
        foreach (var output in model.Results)
            AddValue(constants, scope, output, "output", named: model.ScoreOutput < 0);
        return constants;
    }

    private static void AddImage(List<string> constants, NameScope scope, TensorModel input, ImageInput image, EquatableArray<Dimension> shape)
    {
        string[] names = image.Layout == ImageLayout.Nchw ? ["Batch", "Channels", "Height", "Width"] : ["Batch", "Height", "Width", "Channels"];
        string[] docs = image.Layout == ImageLayout.Nchw
            ? ["Images", "Channels", "Height in pixels", "Width in pixels"]
            : ["Images", "Height in pixels", "Width in pixels", "Channels"];
        for (var axis = 0; axis < shape.Count; axis++)
        {
            if (shape[axis].Size is { } size)
                Add(constants, scope, names[axis], size, $"{docs[axis]} of the input <c>{SourceText.Doc(input.OnnxName)}</c>.");
        }
    }

    private static void AddValue(List<string> constants, NameScope scope, TensorModel value, string kind, bool named)
    {
        var onnxName = SourceText.Doc(value.OnnxName);
        if (value.Value.Shape is not { Count: > 0 } shape || value.Type is null)
            return;

        for (var axis = 0; named && shape.Count > 1 && axis < shape.Count; axis++)
        {
            if (shape[axis].Size is { } size)
                Add(constants, scope, value.Property + "Dim" + SourceText.Number(axis), size, $"Length of axis {SourceText.Number(axis)} of the {kind} <c>{onnxName}</c>.");
        }

        if (value.IsFixed)
            Add(constants, scope, value.Property + "Length", value.Length, $"Values of the {kind} <c>{onnxName}</c>, {Signatures.Shape(value)}.");
    }

    private static void Add(List<string> constants, NameScope scope, string name, long size, string doc) => constants.Add($"""
        /// <summary>{doc}</summary>
        public const {(size <= int.MaxValue ? "int" : "long")} {scope.Take(name)} = {SourceText.Number(size)};
        """);
}
