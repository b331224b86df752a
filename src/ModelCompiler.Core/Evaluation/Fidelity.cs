namespace ModelCompiler.Evaluation;

/// <summary>How close a compiled model's outputs are to the original's on the same inputs.</summary>
/// <param name="Samples">Samples compared.</param>
/// <param name="Outputs">Each output, in the original's order.</param>
public sealed record Fidelity(int Samples, IReadOnlyList<OutputFidelity> Outputs)
{
    /// <summary>Signal to noise of the worst float output in decibels; null where no output is float, or none was ever a number.</summary>
    public double? SqnrDb => Outputs.Min(output => output.SqnrDb);

    /// <summary>
    /// <see cref="SqnrDb"/> of what can matter. Where a probability is nearly 0 in every sample, any difference is large beside it; as long as none reaches
    /// <see cref="OutputFidelity.LeastProbability"/>, such an output counts as equal.
    /// </summary>
    /// <param name="probabilities">The outputs that lie between 0 and 1 by nature.</param>
    public double? SqnrThatMatters(IReadOnlySet<string> probabilities) => Outputs.Min(output =>
        output is { MaxAbsError: < OutputFidelity.LeastProbability, Unmatched: 0 } && probabilities.Contains(output.Name) ? OutputFidelity.ExactDb : output.SqnrDb);

    /// <summary>Of the worst float output.</summary>
    public double? MaxAbsError => Outputs.Max(output => output.MaxAbsError);

    /// <summary>Of the worst float output.</summary>
    public double? MaxRelativeError => Outputs.Max(output => output.MaxRelativeError);

    /// <summary>The share of samples with the same best class, of the first output that looks like class scores; null where none does.</summary>
    public double? Top1Agreement => Outputs.FirstOrDefault(output => output.Top1Agreement is not null)?.Top1Agreement;

    /// <summary>Of the same output as <see cref="Top1Agreement"/>.</summary>
    public double? ExpectedTop1Drop => Outputs.FirstOrDefault(output => output.Top1Agreement is not null)?.ExpectedTop1Drop;

    /// <summary>True where every element of every output is the same.</summary>
    public bool IsExact => Outputs.All(output => output.Unequal == 0);
}

/// <summary>How close one output is to the original's.</summary>
public sealed record OutputFidelity(string Name)
{
    /// <summary>What equal outputs count as, in decibels: more than float32 can resolve.</summary>
    public const double ExactDb = 200;

    /// <summary>A difference between two probabilities that no one acts upon.</summary>
    public const double LeastProbability = 1e-3;

    /// <summary>Elements compared, over all samples.</summary>
    public long Elements { get; init; }

    /// <summary>
    /// 10·log10(Σ original² / Σ difference²) over all samples, in decibels; <see cref="ExactDb"/> for equal outputs, −<see cref="ExactDb"/> where one has
    /// NaN or infinity and the other not. Null for integers and strings, and where both were never anything but the same NaN or infinity: that is no
    /// signal, and says nothing of the compiled model.
    /// </summary>
    public double? SqnrDb { get; init; }

    /// <summary>The largest difference of two finite elements; null as <see cref="SqnrDb"/> is.</summary>
    public double? MaxAbsError { get; init; }

    /// <summary><see cref="MaxAbsError"/> divided by the original's largest magnitude over all samples; null as that.</summary>
    public double? MaxRelativeError { get; init; }

    /// <summary>Elements that are NaN or infinite in one and not the same in the other.</summary>
    public long Unmatched { get; init; }

    /// <summary>Samples in which the original has nothing but NaN and infinity here.</summary>
    public int SamplesWithoutNumbers { get; init; }

    /// <summary>Elements that are not exactly equal.</summary>
    public long Unequal { get; init; }

    /// <summary>The share of rows with the same best class, of those in which the original has one; null where the output does not look like class scores.</summary>
    public double? Top1Agreement { get; init; }

    /// <summary>
    /// The fall of top-1 accuracy that the changed answers make expect, by the original's own probabilities: the mean of p(its answer) − p(the other answer).
    /// Answers change where the original is torn between two, so that it is much less than the share of changed answers. Null as for that.
    /// </summary>
    public double? ExpectedTop1Drop { get; init; }
}
