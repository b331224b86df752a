using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A layer of whose input it is known how its channels go together: what goes is made up for by what stays.</summary>
internal sealed class FittedConsumer : ConsumerOfChannels
{
    private readonly SummedWeight _layer;
    private readonly GramMatrix _gram;
    private readonly bool _hasBias;
    private readonly double[] _original;
    private readonly double[][] _weights;
    private readonly SecondOrderLoss[] _groups;
    private readonly double _energy;

    private FittedConsumer(WeightAxis axis, SummedWeight layer, GramMatrix gram, double[][] inverses)
        : base(axis)
    {
        (_layer, _gram) = (layer, gram);
        _hasBias = HasBias(layer);
        _original = new LayerWeights(layer).Read();
        var length = _original.Length / inverses.Length;
        var columns = ColumnsOfUnits(axis, gram.Columns);
        _weights = [.. inverses.Select((_, group) => _original.AsSpan(group * length, length).ToArray())];
        _groups = [.. inverses.Select((inverse, group) => new SecondOrderLoss(_weights[group], inverse, gram.Columns, columns))];
        _energy = Energy();
    }

    /// <summary>Null where nothing is known of the layer's input.</summary>
    public static FittedConsumer? Of(WeightAxis axis, LayerInputs inputs)
    {
        if (SummedWeight.Of(new Use(axis.Node, axis.Input)) is not { } layer || inputs.GramOf(layer) is not { } seen)
            return null;
        var gram = HasBias(layer) ? seen.Centred() : seen;
        var inverses = new double[gram.Products.Length][];
        for (var group = 0; group < inverses.Length; group++)
        {
            if (SymmetricInverse.Of(gram.Damped(group), gram.Columns) is not { } inverse)
                return null;
            inverses[group] = inverse;
        }

        return new(axis, layer, seen, inverses);
    }

    /// <summary>A share of what the layer's outputs vary.</summary>
    public override double Of(int unit) => _groups.Sum(group => group.Of(unit)) / _energy;

    public override void Remove(int unit)
    {
        foreach (var group in _groups)
            group.Remove(unit);
    }

    public override void WriteTo(GraphEdit edit)
    {
        var node = InCopy(edit.Graph);
        double[] weights = [.. _weights.SelectMany(group => group)];
        edit.SetInput(node, 1, edit.AddInitializer(node.Inputs[1]!.Name, new LayerWeights(_layer).Write(weights)));
        if (!_hasBias)
            return;
        var shift = Shift(weights);
        if (node.Is("MatMul"))
        {
            LayerBias.Of(new SummedWeight(node, _layer.Weight))?.Correct(shift, edit);
            return;
        }

        var old = node.Input(2)?.Constant;
        var biases = shift.Select((by, output) => (float)(by + (old is null ? 0 : old.Span<float>()[old.Count == 1 ? 0 : output])));
        edit.SetInput(node, 2, edit.AddInitializer(node.Input(2)?.Name ?? $"{node.Output.Name}_bias", Tensor.Vector<float>([.. biases])));
    }

    private static bool HasBias(SummedWeight layer) => layer.Node.OpType switch
    {
        "MatMul" => LayerBias.Of(layer) is not null,
        "Gemm" => layer.Node.Input(2) is not { } bias || (bias.Constant is { } constant && (constant.Count == 1 || (constant.Count == layer.Outputs && constant.Dims[^1] == layer.Outputs))),
        _ => layer.Node.Input(2) is null or { Constant: not null },
    };

    private static Dictionary<int, int[]> ColumnsOfUnits(WeightAxis axis, int columns)
    {
        var kernel = columns / axis.Units.Count;
        return PlacesOfUnits(axis).ToDictionary(unit => unit.Key, unit => unit.Value.SelectMany(place => Enumerable.Range(place * kernel, kernel)).ToArray());
    }

    /// <summary>(W₀ − W)·E[x]: what the bias has to take over from the weights.</summary>
    private double[] Shift(double[] weights)
    {
        var outputsOfGroup = _layer.Outputs / _groups.Length;
        var shift = new double[_layer.Outputs];
        for (var output = 0; output < shift.Length; output++)
        {
            var means = _gram.Means.AsSpan(output / outputsOfGroup * _gram.Columns, _gram.Columns);
            for (var column = 0; column < means.Length; column++)
                shift[output] += (_original[(output * means.Length) + column] - weights[(output * means.Length) + column]) * means[column];
        }

        return shift;
    }

    /// <summary>Σ E[(W·x)²] without the means where a bias takes care of them.</summary>
    private double Energy()
    {
        var gram = _hasBias ? _gram.Centred() : _gram;
        var energy = 0.0;
        for (var group = 0; group < _weights.Length; group++)
        {
            for (var start = 0; start < _weights[group].Length; start += gram.Columns)
                energy += gram.SquareOf(_weights[group].AsSpan(start, gram.Columns), group);
        }

        return energy > 0 ? energy : 1;
    }
}
