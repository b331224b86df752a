using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Finds the outputs of a model that lie between 0 and 1 by what makes them, whatever the samples show of them.</summary>
public static class ProbabilityOutputs
{
    private static readonly string[] Makers = ["Sigmoid", "HardSigmoid", "Softmax"];

    /// <summary>Operators that only move elements of their first input.</summary>
    private static readonly string[] Movers = ["Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Split"];

    /// <summary>The names of these outputs.</summary>
    public static IReadOnlySet<string> Of(Graph graph) =>
        graph.Outputs.Where(IsProbability).Select(output => output.Name).ToHashSet(StringComparer.Ordinal);

    private static bool IsProbability(Value value)
    {
        var producer = value.Producer;
        while (producer is not null && Array.Exists(Movers, producer.Is))
            producer = producer.Inputs[0]?.Producer;
        return producer switch
        {
            null => false,
            { OpType: "Concat", Domain.Length: 0 } => producer.Inputs.OfType<Value>().All(IsProbability),
            _ => Array.Exists(Makers, producer.Is),
        };
    }
}
