using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>One input or output, with the names and the type that it has in C#.</summary>
/// <param name="Value">What the model says of it.</param>
/// <param name="Property">Its name as a property: <c>Data0</c>.</param>
/// <param name="Parameter">Its name as a parameter, a keyword escaped: <c>data0</c>.</param>
/// <param name="Type">The C# type of an element; null for values that are passed as OrtValue.</param>
/// <param name="Axes">The C# expression of each axis: a number or a parameter's name; empty for a scalar or an unknown rank.</param>
internal sealed record TensorModel(ValueSignature Value, string Property, string Parameter, string? Type, EquatableArray<string> Axes)
{
    public string OnnxName => Value.Name;

    public bool IsUnranked => Value.Shape is null;

    public bool IsScalar => Value.Shape is { Count: 0 };

    /// <summary>Whether every axis has a fixed length.</summary>
    public bool IsFixed => Value.Shape is { } shape && shape.All(axis => axis.IsFixed);

    /// <summary>Whether no axis but the first, the batch, is open.</summary>
    public bool IsFixedButForBatch => Value.Shape is { } shape && shape.Skip(1).All(axis => axis.IsFixed);

    /// <summary>Whether a sample is one vector, of a length that is known: no axis behind the batch but one is longer than 1.</summary>
    public bool IsOneVector => Value.Shape is { Count: >= 1 } shape && shape.Skip(shape.Count > 1 ? 1 : 0).All(axis => axis.IsFixed) && shape.Skip(shape.Count > 1 ? 1 : 0).Count(axis => axis.Size > 1) == 1;

    /// <summary>Elements of a tensor of fixed shape.</summary>
    public long Length => Value.Shape!.Value.Aggregate(1L, (product, axis) => product * axis.Size!.Value);
}
