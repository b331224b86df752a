namespace ModelCompiler.Passes;

/// <summary>Decides from the histogram of a value which numbers its integers should cover: what lies outside is clipped, so that what lies inside is finer.</summary>
internal interface IRangeRule
{
    /// <param name="histogram">Holds at least one number that is not 0; all are finite.</param>
    ValueRange RangeOf(Histogram histogram);
}
