namespace ModelCompiler.Calibration;

/// <summary>The class that each pixel is known to be of.</summary>
/// <param name="Source">The file that says so.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Classes">Row after row; <see cref="Ignored"/> for a pixel that is not to be judged.</param>
public sealed record ClassMask(string Source, int Width, int Height, ushort[] Classes)
{
    /// <summary>No class: what files write as 255, or as a negative number.</summary>
    public const ushort Ignored = ushort.MaxValue;

    /// <summary>What a file's number means.</summary>
    /// <exception cref="FormatException">It is no class; the message says why.</exception>
    internal static ushort ClassOf(double number)
    {
        if (number is < 0 or 255 or Ignored)
            return Ignored;
        return number < Ignored - 1 && Math.Floor(number) == number
            ? (ushort)number
            : throw new FormatException(FormattableString.Invariant($"{number} is no class: these are whole numbers from 0 on, and 255 for pixels that are not to be judged"));
    }
}
