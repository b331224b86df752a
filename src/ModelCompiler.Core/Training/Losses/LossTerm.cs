namespace ModelCompiler.Training.Losses;

/// <summary>One value of the student that is to become what the teacher makes.</summary>
/// <param name="Student">Name of the value in the student's graph.</param>
/// <param name="Teacher">Name of the value in the teacher's graph; of the same shape.</param>
/// <param name="Meaning">What its numbers are.</param>
internal sealed record LossTerm(string Student, string Teacher, TargetMeaning Meaning)
{
    /// <summary>Where the numbers are scores of classes, the axis that counts them.</summary>
    public long Axis { get; init; } = -1;

    /// <summary>What the term counts beside those of outputs.</summary>
    public double Weight { get; init; } = 1;
}

/// <summary>What the numbers are that a student is to copy.</summary>
internal enum TargetMeaning
{
    /// <summary>Plain numbers.</summary>
    Numbers,

    /// <summary>Scores of classes, of which a Softmax makes probabilities.</summary>
    ClassScores,

    /// <summary>Scores of which a Sigmoid makes the probability of each.</summary>
    YesNoScores,
}
