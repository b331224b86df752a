namespace ModelCompiler.Contract;

/// <summary>What kind of ONNX value an input or output is.</summary>
public enum ValueKind
{
    Tensor,
    Sequence,
    Map,
    Optional,
    SparseTensor,
}

/// <summary>
/// One input or output. For a tensor, <see cref="ElementType"/> and <see cref="Shape"/> describe it
/// (<see cref="Shape"/> is null when the model does not declare a rank); other kinds are described by <see cref="TypeText"/>.
/// </summary>
public sealed record ValueSignature(string Name, ValueKind Kind, ElementType ElementType, EquatableArray<Dimension>? Shape, string TypeText)
{
    public static ValueSignature Tensor(string name, ElementType type, params Dimension[] shape) =>
        new(name, ValueKind.Tensor, type, new EquatableArray<Dimension>(shape), $"tensor({type.OnnxName()})");
}
