using ModelCompiler.Contract;

namespace ModelCompiler.Graphs;

/// <summary>The declared or inferred type of a value.</summary>
public abstract record OnnxType;

/// <summary>A dense tensor; <see cref="Shape"/> is null where not even the rank is known.</summary>
public sealed record TensorType(ElementType Element, Shape? Shape) : OnnxType
{
    public override string ToString() => $"{Element.OnnxName()}{Shape?.ToString() ?? "[…]"}";
}

/// <summary>A sequence, map, optional or sparse tensor: carried from reader to writer, not looked into.</summary>
/// <param name="Text">As ONNX writes it, for example <c>seq(tensor(float))</c>.</param>
/// <param name="Record">The file format's own record of the type.</param>
public sealed record OpaqueType(string Text, object Record) : OnnxType
{
    public override string ToString() => Text;
}
