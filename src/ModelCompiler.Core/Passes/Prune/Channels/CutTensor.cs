using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Tensors with some places of an axis left out.</summary>
internal static class CutTensor
{
    /// <param name="tensor">Of whole bytes for each element.</param>
    /// <param name="axis">The axis to cut.</param>
    /// <param name="places">The places along it that are kept, in order.</param>
    public static Tensor Keep(Tensor tensor, int axis, ReadOnlySpan<int> places)
    {
        var layout = ChannelLayout.Of(tensor.Dims, axis);
        var source = tensor.Data.Span;
        var block = layout.Outer * layout.Channels == 0 ? 0 : source.Length / layout.Outer / layout.Channels;
        var kept = new byte[layout.Outer * places.Length * block];
        var next = 0;
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            foreach (var place in places)
            {
                source.Slice(((outer * layout.Channels) + place) * block, block).CopyTo(kept.AsSpan(next));
                next += block;
            }
        }

        var dims = tensor.Dims.ToArray();
        dims[axis] = places.Length;
        return new(tensor.Type, dims, new ManagedTensorData(kept)) { ExternalFile = tensor.ExternalFile };
    }
}
