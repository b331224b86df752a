namespace ModelCompiler.Generator.Model;

/// <summary>A length that the caller decides: one parameter, however many inputs share it.</summary>
/// <param name="Parameter">Its name in C#.</param>
/// <param name="OnnxName">Its name in the model; null where the model gives none.</param>
/// <param name="Input">The input that has it first.</param>
/// <param name="Index">The axis of that input.</param>
internal sealed record AxisModel(string Parameter, string? OnnxName, string Input, int Index);
