using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>The output that holds the scores of the classes, and what they are.</summary>
/// <param name="Name">Of the output.</param>
/// <param name="Kind"><see cref="OutputKind.Probabilities"/> or <see cref="OutputKind.Logits"/>.</param>
/// <param name="Temperature">By which logits, or logarithms of probabilities, are divided before the softmax; 1 leaves them as they are.</param>
public sealed record ScoreOutput(string Name, OutputKind Kind, double Temperature = 1)
{
    /// <summary>The first output that is known to hold probabilities or logits; null where none is.</summary>
    public static ScoreOutput? Of(IReadOnlyList<ManifestOutput> outputs) =>
        outputs.FirstOrDefault(output => output.Kind is OutputKind.Probabilities or OutputKind.Logits) is { } scores ? new(scores.Value.Name, scores.Kind, scores.Temperature ?? 1) : null;
}
