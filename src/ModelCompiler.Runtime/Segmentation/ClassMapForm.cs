namespace ModelCompiler;

/// <summary>What the numbers of a segmentation model's output are.</summary>
public enum ClassMapForm
{
    /// <summary>A score for each class, of which the highest wins: logits or probabilities.</summary>
    Scores,

    /// <summary>The index of the class, as an integer, a bool or a float.</summary>
    Indices,

    /// <summary>How probable it is that the pixel belongs to the foreground: more than one half is class 1, else class 0.</summary>
    Probability,

    /// <summary>The same before the sigmoid: more than 0 is class 1, else class 0.</summary>
    Logit,
}
