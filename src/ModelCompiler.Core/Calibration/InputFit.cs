using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>Whether a tensor fits a declared input.</summary>
internal static class InputFit
{
    /// <summary>What does not fit in words, or null.</summary>
    public static string? Mismatch(ValueSignature input, ReadOnlySpan<long> dims)
    {
        if (input.Shape is not { } shape)
            return null;
        var fits = shape.Count == dims.Length;
        for (var axis = 0; fits && axis < dims.Length; axis++)
            fits = shape[axis].Size is not { } size || size == dims[axis];
        return fits ? null : $"the input '{input.Name}' has the shape [{string.Join(',', shape)}], but a sample has [{string.Join(',', dims.ToArray())}]";
    }

    public static string? Mismatch(ValueSignature input, ElementType type) => input.ElementType == type
        ? null
        : $"the input '{input.Name}' is of type {input.ElementType.OnnxName()}, but the data of type {type.OnnxName()}";
}
