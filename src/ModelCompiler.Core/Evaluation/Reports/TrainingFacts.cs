using System.Globalization;
using System.Text.Json.Serialization;

namespace ModelCompiler.Evaluation.Reports;

/// <param name="Form">What was trained, for people: <c>the pruned model</c>.</param>
/// <param name="Teacher">File name of the model it learnt from; null for the original.</param>
public sealed record TrainingFacts(string Form, string? Teacher)
{
    /// <summary>Why the form is as it was, for people; null where it has new weights.</summary>
    public string? Refusal { get; init; }

    /// <summary>Samples that were learnt from, without labels.</summary>
    public int Samples { get; init; }

    /// <summary>Samples that judged; nothing was learnt from them.</summary>
    public int HeldOutSamples { get; init; }

    /// <summary>Numbers that were trained.</summary>
    public long Parameters { get; init; }

    /// <summary>Of the values alive at once in one run of the training network, of which up to four run at once; null where sizes are not known.</summary>
    public long? ActivationBytes { get; init; }

    /// <summary>Passes over all samples.</summary>
    public int Epochs { get; init; }

    /// <summary>After which the weights were taken; 0 where the form is as it was.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Whether this machine was too slow for everything that was planned, so that another one may train to other bytes.</summary>
    public bool IsShortened { get; init; }

    /// <summary>
    /// Of held-out samples, before the first step and after each epoch, in the unit of the loss: nats for probabilities, noise ÷ signal for other numbers, each
    /// added to the others. Empty where nothing was trained.
    /// </summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>Held-out samples with the teacher's best class; null where outputs are no classes, or nothing was trained.</summary>
    public double? AgreementBefore { get; init; }

    public double? AgreementAfter { get; init; }

    /// <summary>Signal to noise of the outputs beside the teacher's, on held-out samples.</summary>
    public double? SqnrDbBefore { get; init; }

    public double? SqnrDbAfter { get; init; }

    /// <summary>What <see cref="AccuracyBefore"/> and <see cref="AccuracyAfter"/> are; null where they were not measured here.</summary>
    public string? Metric { get; init; }

    /// <summary>Of a project's own student on labelled samples.</summary>
    public double? AccuracyBefore { get; init; }

    public double? AccuracyAfter { get; init; }

    /// <summary>Operators through which no gradient passes, each with its reason: the weights in front of them stayed as they were.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>What was gained, for people.</summary>
    [JsonIgnore]
    public string Gain => (AgreementBefore, AgreementAfter, SqnrDbBefore, SqnrDbAfter) switch
    {
        ({ } before, { } after, _, _) => string.Create(CultureInfo.InvariantCulture, $"the same best class in {before * 100:0.#} % → {after * 100:0.#} %"),
        (_, _, { } before, { } after) => string.Create(CultureInfo.InvariantCulture, $"outputs with {before:0.0} → {after:0.0} dB signal to noise"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a loss of {Losses.FirstOrDefault():0.####} → {Losses.ElementAtOrDefault(BestEpoch):0.####}"),
    };
}
