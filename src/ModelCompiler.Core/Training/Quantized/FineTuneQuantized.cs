using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Training.Quantized;

/// <summary>
/// Conv(DQ(q), …) between Q and DQ  =>  the same with integers and scales that were trained to answer like the original (quantization-aware training: Jacob et al. 2018,
/// arXiv:1712.05877; with learned scales: Esser et al. 2019, arXiv:1902.08153).
/// </summary>
/// <param name="train">Trains a student; what it returns has the student's nodes and other weights, and is null where training gained nothing.</param>
/// <param name="quantization">The pass that wrote the Q/DQ: a model in which it had nothing to do is left as it came.</param>
/// <param name="scheme">The number formats of the target.</param>
public sealed class FineTuneQuantized(Func<Model, Model?> train, QuantizeStatically quantization, QuantizationScheme scheme) : IGraphPass
{
    public TrainedScales Scales { get; init; } = TrainedScales.All;

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null || quantization.Integer.Count == 0)
            return;
        using var student = StudentOf(graph.Model);
        if (student is not null && train(student.Model) is { } trained)
            student.WriteTo(graph, trained, context);
    }

    /// <summary>Null for a model that cannot be raised to the operator set of the gradient rules: it stays as it was rounded.</summary>
    private QuantizedStudent? StudentOf(Model model)
    {
        try
        {
            return QuantizedStudent.Of(model, Scales, scheme.SumsSaturate ? WeightLimits.OfPairs : WeightLimits.OfRange);
        }
        catch (DiagnosticException failure) when (failure.Diagnostic.Rule == DiagnosticRules.OpsetNotLiftable)
        {
            return null;
        }
    }
}
