using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Passes;

/// <summary>
/// Prunes channels of a model: finds those that can only go together, orders them by what is lost with them, measures how much each layer can give,
/// takes them out, and repairs what is left.
/// </summary>
internal sealed class ChannelPruning : IPruning
{
    private readonly Model _model;
    private readonly CoupledChannels _channels;
    private readonly PruningRecipe _recipe;
    private readonly PruningSamples _samples;
    private readonly ChannelMacs? _macs;
    private readonly GreedyAllocation? _allocation;

    private ChannelPruning(Model model, CoupledChannels channels, ChannelMacs? macs, PruningRecipe recipe, PruningSamples samples)
    {
        (_model, _channels, _macs, _recipe, _samples) = (model, channels, macs, recipe, samples);
        if (macs is null || channels.Groups.Count == 0)
            return;
        var inputs = Observe(model, channels, samples);
        IRemovalCost cost = recipe.Allocation switch
        {
            ChannelAllocation.Uniform => new UniformCost(macs),
            ChannelAllocation.LocalError => new LocalErrorCost(),
            _ => new HeldOutCost(model, new OutputDistortion(model, samples.HeldOut), recipe.Widths),
        };
        var curves = channels.Groups.Select(group => GroupCurve.Of(group, Removals(group, recipe, inputs), cost, recipe.Widths)).ToArray();
        _allocation = new GreedyAllocation(curves, macs, channels.Removable);
    }

    public string Unit => "multiply-accumulates";

    public bool LeavesZeros => false;

    public string? NothingToPrune =>
        _macs is null ? "the sizes of the model's layers are not known; fix open dimensions with Dims" :
        _channels.Groups.Count > 0 ? null :
        _channels.Locked is [{ Producer: var layer, Reason: var reason }, ..] ? $"no layer has channels that can go (those of {layer} cannot, since {reason})" :
        "the model has no layer with constant weights behind another one";

    /// <param name="model">Simplified; left as it is, and needed as long as this.</param>
    /// <param name="recipe">How.</param>
    /// <param name="samples">Typical inputs.</param>
    public static ChannelPruning Plan(Model model, PruningRecipe recipe, PruningSamples samples)
    {
        var channels = CoupledChannels.Of(model);
        return new(model, channels, channels.MacsOf(model, ModelCost.TypesOfOneSample(model)), recipe, samples);
    }

    public SmallerModel? Without(double share, PassContext context)
    {
        if (_macs is null || _allocation?.ForMacs((long)((1 - share) * _macs.All)) is not { } units)
            return null;
        var pruned = _model.Clone();
        CoupledChannels.Of(pruned).Remove(units, context);
        PassRunner.Run(pruned, [new RemoveDeadNodes()], context);
        if (FitOf(_recipe.Repair) is { } fit)
            PassRunner.Run(pruned, [new RepairLayers(fit, _model, KeptOutputs(units), _samples.All, _samples.AllCount), new RemoveDeadNodes()], context);
        return new(pruned, 1 - ((double)_macs.Without(units) / _macs.All));
    }

    private static LayerFit? FitOf(ChannelRepair repair) => repair switch
    {
        ChannelRepair.None => null,
        ChannelRepair.Biases => RepairLayers.KeepWeights,
        _ => RepairLayers.LeastSquares,
    };

    private static LayerInputs Observe(Model model, CoupledChannels channels, PruningSamples samples)
    {
        if (!samples.AreTypical)
            return LayerInputs.None;
        var layers = channels.Groups.SelectMany(group => group.Consumers)
            .Select(axis => SummedWeight.Of(new Use(axis.Node, axis.Input))).OfType<SummedWeight>().DistinctBy(layer => layer.Node).ToArray();
        var inputs = new LayerInputs();
        inputs.AddProducts(layers, PositionSchedule.Thorough);
        var observers = layers.Select(layer => layer.Node.Inputs[0]!).Distinct().ToDictionary(value => value, inputs.ObserversOf);
        new SampleCalibration(samples.Fit).Observe(model, observers.Where(pair => pair.Value.Count > 0).ToDictionary());
        return inputs;
    }

    private static IEnumerable<Removal> Removals(ChannelGroup group, PruningRecipe recipe, LayerInputs inputs)
    {
        ConsumerOfChannels[] consumers = [.. group.Consumers.Select(axis => (ConsumerOfChannels?)FittedConsumer.Of(axis, inputs) ?? new PlainConsumer(axis))];
        IChannelLoss choice = recipe.Selection switch
        {
            ChannelSelection.Magnitude => new MagnitudeLoss(group.Producers),
            ChannelSelection.Random => new RandomLoss(group.Id),
            _ => new ConsumersLoss(consumers),
        };
        return RemovalOrder.Of(group, consumers, choice);
    }

    /// <summary>Of each layer that loses outputs, those that stay.</summary>
    private Dictionary<string, IReadOnlyList<int>> KeptOutputs(IReadOnlySet<int> removed)
    {
        var kept = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        foreach (var producer in _channels.Groups.SelectMany(group => group.Producers).Where(producer => producer.Units.Any(removed.Contains)))
        {
            if (_channels.UnitsOf(producer.Data, producer.DataAxis) is { } units)
                kept[producer.Data.Name] = [.. Enumerable.Range(0, units.Length).Where(place => !removed.Contains(units[place]))];
        }

        return kept;
    }
}
