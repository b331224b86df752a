using System.Globalization;

namespace ModelCompiler;

/// <summary>Shapes as numbers and as text.</summary>
internal static class TensorShape
{
    /// <summary>The number of elements.</summary>
    /// <exception cref="OverflowException">More than an array can hold.</exception>
    public static int Length(ReadOnlySpan<long> shape)
    {
        var length = 1L;
        foreach (var axis in shape)
            length = checked(length * axis);
        return checked((int)length);
    }

    /// <summary>For example <c>1, 3, ?, ?</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape)
    {
        var axes = new string[shape.Length];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = shape[axis] < 0 ? "?" : shape[axis].ToString(CultureInfo.InvariantCulture);
        return string.Join(", ", axes);
    }
}
