using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The enum of labels, and the way back from a label to its text.</summary>
internal static class LabelsEmitter
{
    public static string? Enum(ClassModel model) => model.Labels.Count == 0 ? null : $$"""
        /// <summary>{{(model.Manifest.Task == ModelTask.Regression ? $"The values that <see cref=\"{model.Name}\"/> predicts" : $"The classes that <see cref=\"{model.Name}\"/> tells apart")}}, in the order of its output.</summary>
        {{ClassEmitter.Attribute}}
        {{model.Access}} enum {{model.LabelEnum}}
        {
        {{SourceText.Indent(SourceText.Members([.. model.Labels.Select(Member)]), 1)}}
        }
        """;

    public static string? Texts(ClassModel model) => model.Labels.Count == 0 ? null : $$"""
        /// <summary>The text of the labels of <see cref="{{model.Name}}"/>, as the labels file has it.</summary>
        {{ClassEmitter.Attribute}}
        {{model.Access}} static class {{model.LabelEnum}}s
        {
            private static readonly string[] Texts =
            {
        {{SourceText.Indent(SourceText.Lines(model.Labels.Select(label => SourceText.Literal(label.Text) + ",")), 2)}}
            };

            /// <summary>Every label's text, in the order of the model's output.</summary>
            public static global::System.Collections.Generic.IReadOnlyList<string> All => Texts;

            /// <summary>The label's text, as the labels file has it.</summary>
            /// <param name="label">A label of the model.</param>
            public static string ToText(this {{model.LabelEnum}} label) => Texts[(int)label];
        }
        """;

    private static string Member(LabelModel label, int index) => $"""
        /// <summary>{SourceText.Doc(label.Text)}</summary>
        {label.Identifier} = {SourceText.Number(index)},
        """;
}
