using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>One array of a <c>.npz</c> file that feeds one input, or is compared with one output.</summary>
/// <param name="Value">The input or output.</param>
/// <param name="Entry">The array's entry in the file.</param>
/// <param name="RowsPerSample">Rows of the array's first axis that make one sample.</param>
/// <param name="Dims">Shape of one sample's tensor.</param>
/// <param name="Samples">Samples in the array.</param>
internal sealed record NpzColumn(ValueSignature Value, string Entry, int RowsPerSample, long[] Dims, int Samples)
{
    /// <summary>
    /// Finds how the array's first axis counts samples: of an input without batch axis it comes before the input's own axes;
    /// where the input's first axis is fixed, each sample takes that many rows; else each sample is a batch of one.
    /// </summary>
    /// <exception cref="FormatException">The array does not fit; the message says why.</exception>
    public static NpzColumn Of(ValueSignature value, string entry, NpyHeader array)
    {
        if (InputFit.Mismatch(value, array.Type) is { } wrongType)
            throw new FormatException(wrongType);
        if (array.Shape.Length == 0)
            throw new FormatException($"the array '{value.Name}' has no axis that counts samples");

        var rank = value.Shape?.Count ?? array.Shape.Length;
        var rows = rank == array.Shape.Length ? checked((int)(rank == 0 ? 1 : value.Shape?[0].Size ?? 1)) : 1;
        long[] dims = rank == array.Shape.Length ? [rows, .. array.Shape[1..]] : array.Shape[1..];
        if (InputFit.Mismatch(value, dims) is { } mismatch)
            throw new FormatException(mismatch);
        if (rows == 0 || array.Shape[0] % rows != 0)
            throw new FormatException($"the array '{value.Name}' has {array.Shape[0]} rows, which is no multiple of the input's first dimension {rows}");
        return new NpzColumn(value, entry, rows, dims, checked((int)(array.Shape[0] / rows)));
    }
}
