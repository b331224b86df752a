namespace ModelCompiler;

/// <summary>What the values of a classifier's output are.</summary>
public enum ScoreKind
{
    /// <summary>Scores of any range; they are reported as they are.</summary>
    Raw,

    /// <summary>Non-negative, summing to one.</summary>
    Probabilities,

    /// <summary>Unbounded values that softmax turns into probabilities.</summary>
    Logits,
}
