using ModelCompiler.Graphs;

namespace ModelCompiler.Training;

/// <summary>What came of a distillation.</summary>
/// <param name="Trained">The student with its new weights; null where it is best as it was, or could not be trained.</param>
internal sealed record DistilledStudent(Model? Trained)
{
    /// <summary>Why nothing was trained, for people; null where something was.</summary>
    public string? Refusal { get; init; }

    /// <summary>How the training went; null where there was none.</summary>
    public TrainingOutcome? Outcome { get; init; }

    /// <summary>Samples that were learnt from.</summary>
    public int Learnt { get; init; }

    /// <summary>Samples that judged.</summary>
    public int HeldOut { get; init; }

    /// <summary>Numbers that were trained.</summary>
    public long Parameters { get; init; }

    /// <summary>Bytes of the values that are alive at once in one run of the training network, and there are up to four runs at once; null where that is not known.</summary>
    public long? ActivationBytes { get; init; }

    /// <summary>What no gradient passes through, with the reason: weights in front of it stayed as they were.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];
}
