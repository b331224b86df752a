using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Tries what storing some weights smaller does to the outputs of a model, on copies of it.</summary>
/// <param name="model">Left as it is.</param>
/// <param name="reference">What the model as it is makes of the samples.</param>
internal sealed class RoundingTrial(Model model, IReferenceOutputs reference)
{
    /// <summary>Signal to noise of the outputs in dB; null where none can be compared.</summary>
    public double? SqnrDb(IEnumerable<RoundedWeight> asInt8, IEnumerable<RoundedWeight>? asFloat16 = null, int samples = int.MaxValue)
    {
        using var form = model.Clone();
        var weights = form.Graph.SelfAndNested.SelectMany(graph => StoredWeight.In(graph, new PassContext())).ToDictionary(weight => weight.Value.Name, StringComparer.Ordinal);
        foreach (var rounded in asInt8)
            rounded.Store(weights[rounded.Weight.Value.Name], new PassContext());
        foreach (var rounded in asFloat16 ?? [])
            StoreWeightsAsFloat16.Store(weights[rounded.Weight.Value.Name], new PassContext());
        return reference.SqnrDb(form, samples);
    }
}
