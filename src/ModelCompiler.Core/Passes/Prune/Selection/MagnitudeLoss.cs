using System.Numerics.Tensors;
using ModelCompiler.Contract;

namespace ModelCompiler.Passes;

/// <summary>A unit counts by the weights that make it: the mean over its layers of their squares' share. Needs no data (L2 norm; Li et al., 2017, arXiv:1608.08710).</summary>
internal sealed class MagnitudeLoss : IChannelLoss
{
    private readonly Dictionary<int, double> _shares = [];

    public MagnitudeLoss(IReadOnlyList<WeightAxis> producers)
    {
        foreach (var producer in producers)
        {
            if (producer.Node.Inputs[producer.Input]?.Constant is { Type: ElementType.Float32 } weight)
                Add(producer, weight, producers.Count);
        }
    }

    public double Of(int unit) => _shares.GetValueOrDefault(unit);

    private void Add(WeightAxis producer, Graphs.Tensor weight, int producers)
    {
        var layout = ChannelLayout.Of(weight.Dims, producer.Axis);
        var floats = weight.Span<float>();
        var all = (double)TensorPrimitives.SumOfSquares(floats);
        for (var place = 0; place < producer.Units.Count; place++)
        {
            var square = 0.0;
            for (var outer = 0; outer < layout.Outer; outer++)
                square += TensorPrimitives.SumOfSquares(floats.Slice(layout.Start(outer, place), layout.Inner));
            if (producer.Units[place] is >= 0 and var unit && all > 0)
                _shares[unit] = _shares.GetValueOrDefault(unit) + (square / all / producers);
        }
    }
}
