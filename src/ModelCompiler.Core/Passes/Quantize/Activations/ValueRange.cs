using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>The least and the greatest number that a value took, in its own unit.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValueRange(double Min, double Max)
{
    public bool IsFinite => double.IsFinite(Min) && double.IsFinite(Max);

    /// <summary>The least and the greatest of some numbers, at least one; both NaN where one of them is.</summary>
    public static ValueRange Of(ReadOnlySpan<float> values)
    {
        var (least, greatest, areNumbers) = (new Vector<float>(values[0]), new Vector<float>(values[0]), Vector<int>.AllBitsSet);
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..])
        {
            var vector = new Vector<float>(values);
            least = Vector.MinNative(least, vector); // the fastest one, which need not hand on NaN
            greatest = Vector.MaxNative(greatest, vector);
            areNumbers &= Vector.Equals(vector, vector);
        }

        if (areNumbers != Vector<int>.AllBitsSet)
            return new(double.NaN, double.NaN);
        var (min, max) = (least[0], greatest[0]);
        for (var i = 1; i < Vector<float>.Count; i++)
            (min, max) = (Math.Min(min, least[i]), Math.Max(max, greatest[i]));
        foreach (var value in values)
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return new(min, max);
    }

    public ValueRange Union(ValueRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));
}
