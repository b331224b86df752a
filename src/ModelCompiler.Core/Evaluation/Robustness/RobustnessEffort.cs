namespace ModelCompiler.Evaluation.Robustness;

/// <summary>
/// How many images a build can afford, by what they cost and not by what the clock says, so that the report is the same on a busy machine.
/// </summary>
internal static class RobustnessEffort
{
    /// <summary>Multiply-accumulates of both models together: about 15 seconds on two slow cores.</summary>
    private const double Most = 5.5e11;

    /// <summary>What corrupting and preparing a pixel costs beside, in multiply-accumulates.</summary>
    private const double OfPixel = 200;

    private const int MostImages = 64;

    /// <summary>Of fewer images a curve says nothing.</summary>
    public const int FewestImages = 16;

    /// <summary>Null where the model is too large for it.</summary>
    /// <param name="macs">Of one run of the original.</param>
    /// <param name="pixels">Of an image as the model sees it.</param>
    /// <param name="corruptions">How many corruptions there are.</param>
    public static int? Images(long macs, long pixels, int corruptions)
    {
        var images = Most / (((2.0 * macs) + (OfPixel * pixels)) * ((corruptions * ImageCorruptions.Strengths) + 1));
        return images >= FewestImages ? (int)Math.Min(MostImages, images) : null;
    }
}
