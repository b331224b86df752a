namespace ModelCompiler.Generator.Model;

/// <summary>One class of a classifier.</summary>
/// <param name="Identifier">Its name in the enum.</param>
/// <param name="Text">What the labels file says.</param>
internal sealed record LabelModel(string Identifier, string Text);
