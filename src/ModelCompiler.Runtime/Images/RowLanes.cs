using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>Lays two rows of narrow pixels beside each other, so that every pixel is as wide as the columns are added up.</summary>
internal static class RowLanes
{
    /// <summary>Pixels that the rows may be read, and the lanes be written, past their end.</summary>
    public const int Spare = 3;

    /// <param name="even">Pixels of 32 bits.</param>
    /// <param name="odd">As many.</param>
    /// <param name="length">How many.</param>
    /// <param name="lanes">Receives a pixel of the one, then one of the other.</param>
    public static void Interleaved(ReadOnlySpan<uint> even, ReadOnlySpan<uint> odd, int length, Span<uint> lanes)
    {
        // The loop below addresses the pixels without checks: this is the check.
        even = even[..(length + Spare)];
        odd = odd[..even.Length];
        lanes = lanes[..(2 * even.Length)];

        ref var first = ref MemoryMarshal.GetReference(even);
        ref var second = ref MemoryMarshal.GetReference(odd);
        ref var target = ref MemoryMarshal.GetReference(lanes);
        for (nuint x = 0; x < (nuint)length; x += (nuint)Vector128<uint>.Count)
        {
            var (low, high) = Interleave.Pairs(Vector128.LoadUnsafe(ref first, x), Vector128.LoadUnsafe(ref second, x));
            low.StoreUnsafe(ref target, 2 * x);
            high.StoreUnsafe(ref target, (2 * x) + (nuint)Vector128<uint>.Count);
        }
    }
}
