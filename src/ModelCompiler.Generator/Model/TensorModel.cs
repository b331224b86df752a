using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>One input or output, with the names and the type that it has in C#.</summary>
/// <param name="Index">Its number in the model's definition.</param>
/// <param name="Value">What the model says of it.</param>
/// <param name="Property">Its name as a property: <c>Data0</c>.</param>
/// <param name="Parameter">Its name as a parameter, a keyword escaped: <c>data0</c>.</param>
/// <param name="Type">The C# type of an element; null for a value that is no tensor, or of elements that C# has not.</param>
/// <param name="Axes">The C# expression of each axis: a number or a parameter's name; empty for a scalar or an unknown rank.</param>
internal sealed record TensorModel(int Index, ValueSignature Value, string Property, string Parameter, string? Type, EquatableArray<string> Axes)
{
    /// <summary>Who gives an input its value, or takes an output's.</summary>
    public ValueRole Role { get; init; }

    /// <summary>The value of an input that always has the same.</summary>
    public double? Constant { get; init; }

    /// <summary>How a value that is no tensor appears in C#; null for a tensor.</summary>
    public ValueForm? Form { get; init; }

    public string OnnxName => Value.Name;

    /// <summary>Whether C# has a type for it.</summary>
    public bool IsTyped => Type is not null || Form is not null;

    public bool IsString => Type == "string";

    public bool IsUnranked => Form is null && Value.Shape is null;

    public bool IsScalar => Value.Shape is { Count: 0 };

    /// <summary>Whether it is a single number whatever the caller gives: a scalar, or a tensor whose axes are all 1.</summary>
    public bool IsOneValue => IsFixed && Length == 1;

    /// <summary>Whether every axis has a fixed length.</summary>
    public bool IsFixed => Value.Shape is { } shape && shape.All(axis => axis.IsFixed);

    /// <summary>Whether no axis but the first, the batch, is open.</summary>
    public bool IsFixedButForBatch => Value.Shape is { } shape && shape.Skip(1).All(axis => axis.IsFixed);

    /// <summary>Whether a sample is one vector, of a length that is known: no axis behind the batch but one is longer than 1.</summary>
    public bool IsOneVector => Value.Shape is { Count: >= 1 } shape && shape.Skip(shape.Count > 1 ? 1 : 0).All(axis => axis.IsFixed) && shape.Skip(shape.Count > 1 ? 1 : 0).Count(axis => axis.Size > 1) == 1;

    /// <summary>Elements of a tensor of fixed shape.</summary>
    public long Length => Value.Shape!.Value.Aggregate(1L, (product, axis) => product * axis.Size!.Value);
}

/// <summary>Who gives an input its value, or takes an output's.</summary>
internal enum ValueRole
{
    /// <summary>The caller.</summary>
    Caller,

    /// <summary>The memory of a recurrent model.</summary>
    State,

    /// <summary>Nobody: it always has the same value.</summary>
    Constant,
}
