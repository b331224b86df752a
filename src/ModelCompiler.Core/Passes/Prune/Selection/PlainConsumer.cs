using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A layer of whose input nothing is known, or which cannot be fitted: a unit counts by the weights that read it, and nothing makes up for it.</summary>
internal sealed class PlainConsumer : ConsumerOfChannels
{
    private readonly Dictionary<int, int[]> _places;
    private readonly float[] _weight;
    private readonly ChannelLayout _layout;
    private readonly double _all;

    public PlainConsumer(WeightAxis axis)
        : base(axis)
    {
        var weight = axis.Node.Inputs[axis.Input]!.Constant!;
        _places = PlacesOfUnits(axis);
        _layout = ChannelLayout.Of(weight.Dims, axis.Axis);
        _weight = weight.Type == ElementType.Float32 ? weight.Span<float>().ToArray() : [];
        var all = _places.Keys.Sum(Square);
        _all = all > 0 ? all : 1;
    }

    /// <summary>A share of the sum of squares of all weights that units belong to.</summary>
    public override double Of(int unit) => Square(unit) / _all;

    public override void Remove(int unit)
    {
        foreach (var place in _places.GetValueOrDefault(unit, []))
        {
            for (var outer = 0; outer < _layout.Outer && _weight.Length > 0; outer++)
                _weight.AsSpan(_layout.Start(outer, place), _layout.Inner).Clear();
        }
    }

    public override void WriteTo(GraphEdit edit)
    {
        if (_weight.Length == 0)
            return;
        var node = InCopy(edit.Graph);
        var old = node.Inputs[Axis.Input]!;
        edit.SetInput(node, Axis.Input, edit.AddInitializer(old.Name, Tensor.Of(_weight, old.Constant!.Dims)));
    }

    private double Square(int unit)
    {
        var sum = 0.0;
        foreach (var place in _places.GetValueOrDefault(unit, []))
        {
            for (var outer = 0; outer < _layout.Outer && _weight.Length > 0; outer++)
                sum += System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(_weight.AsSpan(_layout.Start(outer, place), _layout.Inner));
        }

        return sum;
    }
}
