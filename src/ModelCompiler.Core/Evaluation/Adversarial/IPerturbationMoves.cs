using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>Where a random search begins, and how it goes on. A perturbation is a sign for each element, since the strongest ones lie at the corners of the L∞ ball.</summary>
internal interface IPerturbationMoves
{
    void Begin(Span<sbyte> signs, Noise noise);

    /// <summary>Changes a part of the signs.</summary>
    /// <param name="signs">One for each element of the input.</param>
    /// <param name="share">About how many of them, from 0 to 1.</param>
    /// <param name="noise">The source of all chance.</param>
    void Change(Span<sbyte> signs, double share, Noise noise);
}
