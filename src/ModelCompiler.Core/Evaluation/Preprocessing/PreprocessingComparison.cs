using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Preprocessing;

/// <summary>What the original gets right under the declared preprocessing and under others.</summary>
/// <param name="Samples">Labelled images.</param>
/// <param name="Correct">Those that are right as declared.</param>
/// <param name="Alternatives">The others.</param>
internal sealed record PreprocessingComparison(int Samples, int Correct, IReadOnlyList<AlternativeAccuracy> Alternatives)
{
    /// <summary>Of top-1 accuracy: less is the noise of a model that was trained with one constant and is fed with a similar one.</summary>
    private const double LeastGain = 0.05;

    /// <summary>The probability, over all alternatives together, of blaming a declaration that is right.</summary>
    private const double Significance = 0.001;

    /// <summary>As declared, from 0 to 1.</summary>
    public double Declared => (double)Correct / Samples;

    /// <summary>The alternative that is better than the declared preprocessing by so much, and so surely, that the declaration cannot be right; null where there is none.</summary>
    /// <remarks>McNemar's exact test of each, corrected for how many there are (Holm).</remarks>
    public (ImageInput Image, double Accuracy, double PValue)? Better()
    {
        var pValues = MultipleTests.Holm([.. Alternatives.Select(alternative => alternative.IsGivenUp ? 1 : PairedProportions.McNemarExact(alternative.Lost, alternative.Won))]);
        var (best, _, pValue) = Alternatives
            .Select((alternative, i) => (alternative, Gain: (double)(alternative.Won - alternative.Lost) / Samples, PValue: pValues[i]))
            .Where(known => known.Gain >= LeastGain && known.PValue < Significance)
            .OrderByDescending(known => known.Gain)
            .FirstOrDefault();
        return best is null ? null : (best.Image, (double)(Correct + best.Won - best.Lost) / Samples, pValue);
    }
}

/// <param name="Image">The preprocessing.</param>
/// <param name="Won">Images that only it gets right.</param>
/// <param name="Lost">Images that only the declared one gets right.</param>
/// <param name="IsGivenUp">True where it was behind and not run to the end.</param>
internal sealed record AlternativeAccuracy(ImageInput Image, int Won, int Lost, bool IsGivenUp);
