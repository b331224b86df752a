using System.Runtime.InteropServices;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Equality of tensors by element type, shape and bytes. Bytes are compared in pieces, so that mapped data of any size can be.</summary>
internal sealed class TensorContent : IEqualityComparer<Tensor>
{
    public static readonly TensorContent Comparer = new();

    private const int Piece = 1 << 20;

    private TensorContent()
    {
    }

    public bool Equals(Tensor? a, Tensor? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is null || b is null || a.Type != b.Type || !a.Dims.SequenceEqual(b.Dims) || a.Data.Length != b.Data.Length)
            return false;
        return SameBytes(a.Data, b.Data) && a.Strings.Zip(b.Strings).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
    }

    /// <summary>Type, shape and the first bytes: enough to find candidates.</summary>
    public int GetHashCode(Tensor tensor)
    {
        var hash = default(HashCode);
        hash.Add(tensor.Type);
        hash.AddBytes(MemoryMarshal.AsBytes(tensor.Dims));
        Span<byte> head = stackalloc byte[(int)Math.Min(256, tensor.Data.Length)];
        tensor.Data.Read(0, head);
        hash.AddBytes(head);
        return hash.ToHashCode();
    }

    private static bool SameBytes(TensorData a, TensorData b)
    {
        var left = new byte[(int)Math.Min(Piece, a.Length)];
        var right = new byte[left.Length];
        for (long offset = 0; offset < a.Length; offset += left.Length)
        {
            var length = (int)Math.Min(left.Length, a.Length - offset);
            a.Read(offset, left.AsSpan(0, length));
            b.Read(offset, right.AsSpan(0, length));
            if (!left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, length)))
                return false;
        }

        return true;
    }
}
