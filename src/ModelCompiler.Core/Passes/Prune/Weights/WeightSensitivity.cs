using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What the model's outputs suffer when one weight alone is pruned, on samples that nothing was fitted to.</summary>
internal sealed class WeightSensitivity
{
    /// <summary>More than any output can suffer that is still a number.</summary>
    private const double Ruined = 1e12;

    private readonly Model _model;
    private readonly LayerInputs _inputs = new();
    private readonly OutputDistortion _distortion;
    private readonly IWeightSelection _selection;

    /// <param name="model">The whole model.</param>
    /// <param name="weights">Those that will be asked for.</param>
    /// <param name="selection">Chooses the zeros.</param>
    /// <param name="samples">Typical inputs.</param>
    public WeightSensitivity(Model model, IReadOnlyList<PrunableWeight> weights, IWeightSelection selection, PruningSamples samples)
    {
        (_model, _selection) = (model, selection);
        _distortion = new OutputDistortion(model, [.. samples.HeldOut.Where((_, i) => i % 2 == 0)]);
        var layers = weights.SelectMany(weight => weight.Layers).ToArray();
        _inputs.AddProducts(layers, PositionSchedule.Thorough);
        var observers = layers.Select(layer => layer.Node.Inputs[0]!).Distinct().ToDictionary(value => value, _inputs.ObserversOf);
        new SampleCalibration(samples.Fit).Observe(model, observers.Where(pair => pair.Value.Count > 0).ToDictionary());
    }

    /// <summary>Noise power ÷ signal power of the outputs, and the divergence of class probabilities.</summary>
    public double Of(PrunableWeight weight, IZeroPattern pattern)
    {
        using var form = _model.Clone();
        var edit = new GraphEdit(form.Graph, "prune one weight");
        var weights = Pruned(weight, pattern);
        var value = edit.AddInitializer(weight.Value.Name, new LayerWeights(weight.Layers[0]).Write(weights));
        foreach (var layer in weight.Layers)
            Write(edit, layer, form.Graph.Nodes.First(node => node.Outputs[0]?.Name == layer.Node.Output.Name), value, weights);
        new PassContext().Apply(edit);
        return Math.Min(_distortion.WithClassesOf(form), Ruined);
    }

    private double[] Pruned(PrunableWeight weight, IZeroPattern pattern)
    {
        var old = weight.Read();
        var already = Array.ConvertAll(old, element => element == 0);
        return ObjectiveOf(weight, old) is { } objective
            ? _selection.Choose(objective, already, pattern, weight.Kernel).Weights
            : MagnitudeSelection.Choose(old, weight.Columns, already, pattern, weight.Kernel).Weights;
    }

    /// <summary>Null where it is not known what the layers read.</summary>
    private LayerObjective? ObjectiveOf(PrunableWeight weight, double[] old)
    {
        var grams = weight.Layers.Select(layer => LayerBias.Of(layer) is null ? _inputs.GramOf(layer) : _inputs.GramOf(layer)?.Centred()).ToArray();
        if (grams.Contains(null))
            return null;
        var sum = grams[0]!;
        foreach (var gram in grams[1..])
            sum = sum with { Products = [.. sum.Products.Zip(gram!.Products, (a, b) => a.Zip(b, (x, y) => x + y).ToArray())] };
        return new(weight.Columns, [.. sum.Products.Select((_, group) => sum.Damped(group))], old);
    }

    private void Write(GraphEdit edit, SummedWeight layer, Node node, Value value, double[] weights)
    {
        edit.SetInput(node, 1, value);
        if (LayerBias.Of(new SummedWeight(node, layer.Weight)) is not { } bias || _inputs.GramOf(layer) is not { } gram)
            return;
        var old = new LayerWeights(layer).Read();
        var shift = new double[layer.Outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            var output = i / gram.Columns;
            shift[output] += (old[i] - weights[i]) * gram.Means[(output * gram.Products.Length / layer.Outputs * gram.Columns) + (i % gram.Columns)];
        }

        bias.Correct(shift, edit);
    }
}
