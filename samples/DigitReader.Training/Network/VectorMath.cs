using System.Runtime.Intrinsics;

namespace DigitReader.Training.Network;

/// <summary>
/// Sums over spans whose length is a multiple of 8, in one fixed order. Library reductions may start where memory happens to be aligned,
/// which changes the last bits from run to run; training must not.
/// </summary>
internal static class VectorMath
{
    public static float Sum(ReadOnlySpan<float> values)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < values.Length; i += Vector256<float>.Count)
            sum += Vector256.Create(values[i..]);
        return Vector256.Sum(sum);
    }

    public static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < first.Length; i += Vector256<float>.Count)
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(first[i..]), Vector256.Create(second[i..]), sum);
        return Vector256.Sum(sum);
    }
}
