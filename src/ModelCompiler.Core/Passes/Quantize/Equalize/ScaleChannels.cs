using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>Makes the channels of activations even for one step of the accuracy ladder: x / s in what makes them, W·s in what reads them.</summary>
/// <remarks>
/// Scales follow from a few samples, once for a model: what is chosen is remembered, since ranges are only right for the graph in which they were observed.
/// </remarks>
/// <param name="step">Of the ladder.</param>
/// <param name="calibration">Null, or synthetic samples, scale nothing: which channels are wide is seen on real ones only.</param>
/// <param name="steps">Of the weights that read the activations.</param>
/// <param name="scales">Remembers what was chosen.</param>
internal sealed class ScaleChannels(AccuracyStep step, ICalibration? calibration, IntegerSteps steps, ChannelScales scales)
{
    /// <summary>Leaves a model that came quantized as it is.</summary>
    public void Run(Graph graph, PassContext context)
    {
        if (graph.SelfAndNested.SelectMany(part => part.Nodes).Any(IntegerOperators.IsQuantized))
            return;
        var sites = ScaleSites.Of(graph).Where(site => site.Step == step).ToArray();
        if (!scales.Knows(step))
            scales.Remember(step, Choose(graph, sites));
        foreach (var site in sites)
        {
            if (scales.Of(site) is { } chosen)
                site.Apply(graph, chosen, context);
        }
    }

    private IReadOnlyList<(ScaleSite Site, double[] Scales)> Choose(Graph graph, ScaleSite[] sites)
    {
        if (sites.Length == 0 || calibration is not { IsTypical: true })
            return [];
        var halves = Enumerable.Range(0, 2).Select(half => SiteSamples.Observe(graph, sites, calibration.FewOf(half, 2))).ToArray();
        var choices = sites.AsParallel().AsOrdered().Select(site => (Site: site, Scales: ScaleChoice.Of(site, halves, steps))); // each from its own readers
        return [.. choices.Where(choice => choice.Scales is not null).Select(choice => (choice.Site, choice.Scales!))];
    }
}
