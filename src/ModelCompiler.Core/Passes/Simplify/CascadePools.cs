using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>MaxPool(x, 5×5), MaxPool(x, 9×9)  =>  y = MaxPool(x, 5×5), MaxPool(y, 5×5): the pyramid of pools in detectors.</summary>
/// <remarks>
/// The greatest of the greatest is the greatest: windows of k whose centres move over a window of q cover k + q − 1, also at a border, where both leave
/// out the same places. For pools of stride 1 that keep the size, so that the second one finds every centre; not for pools of a model's own integers, each of
/// which stands between its Q/DQ.
/// </remarks>
public sealed class CascadePools : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        foreach (var pyramid in graph.NodesOf("MaxPool").Where(pool => KeepsSize(pool) && !ExistingQuantization.StandsBetween(pool)).GroupBy(pool => pool.Inputs[0]))
        {
            var pools = pyramid.OrderBy(pool => pool.GetInts("kernel_shape")!.Sum()).ToArray();
            for (var i = pools.Length - 1; i > 0; i--) // the largest first: the windows of the others still are what they were
            {
                if (Contains(pools[i], pools[i - 1]))
                    Read(pools[i], pools[i - 1], context);
            }
        }
    }

    private static void Read(Node large, Node small, PassContext context)
    {
        var edit = new GraphEdit(large.Graph, $"let {large} read {small}");
        edit.SetInput(large, 0, small.Output);
        edit.SetAttribute(large, "kernel_shape", Kernel(large).Zip(Kernel(small), (k, inner) => k - inner + 1).ToArray());
        edit.SetAttribute(large, "pads", Pads(large).Zip(Pads(small), (pad, inner) => pad - inner).ToArray());
        context.Apply(edit);
    }

    private static IReadOnlyList<long> Kernel(Node pool) => pool.GetInts("kernel_shape")!;

    private static IReadOnlyList<long> Pads(Node pool) => pool.GetInts("pads") ?? new long[2 * Kernel(pool).Count];

    private static bool Contains(Node large, Node small) =>
        Kernel(large).Count == Kernel(small).Count && Pads(large).Zip(Pads(small), (pad, inner) => pad >= inner).All(wider => wider);

    private static bool KeepsSize(Node pool)
    {
        if (pool.GetInts("kernel_shape") is not { } kernel || pool.Outputs.Count != 1 || pool.GetString("auto_pad", "NOTSET") != "NOTSET"
            || !AllOne(pool.GetInts("strides")) || !AllOne(pool.GetInts("dilations")))
            return false;
        var pads = Pads(pool);
        return pads.Count == 2 * kernel.Count && Enumerable.Range(0, kernel.Count).All(axis => pads[axis] + pads[axis + kernel.Count] == kernel[axis] - 1);
    }

    private static bool AllOne(IReadOnlyList<long>? sizes) => sizes?.All(size => size == 1) ?? true;
}
