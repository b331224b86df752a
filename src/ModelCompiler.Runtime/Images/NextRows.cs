using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelCompiler;

/// <summary>Asks for the rows that come after a cell's, while the cell's are added up: a frame just taken lies in no cache.</summary>
/// <remarks>
/// Several short rows at a time are more than processors foresee by themselves. An address is only a hint here: one behind the frame, or one
/// whose bytes the garbage collector has moved away, costs a little time and nothing else.
/// </remarks>
internal readonly unsafe struct NextRows
{
    private const int CacheLine = 64;

    private readonly byte* _first;
    private readonly nint _stride;
    private readonly int _count;

    /// <param name="row">The cell's first row.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="count">Rows of the cell, and of the next.</param>
    public NextRows(ref byte row, nint stride, int count)
    {
        _first = (byte*)Unsafe.AsPointer(ref row) + (count * stride);
        _stride = stride;
        _count = count;
    }

    /// <summary>Asks for the bytes around one place of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int x)
    {
        if (!Sse.IsSupported || x % CacheLine != 0)
            return;

        var address = _first + x;
        for (var row = 0; row < _count; row++, address += _stride)
            Sse.Prefetch1(address);
    }
}
