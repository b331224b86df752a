namespace ModelCompiler.Passes;

/// <summary>Turns the floats of a matrix into integers in blocks.</summary>
internal interface IBlockRounding
{
    /// <param name="weights">[N, K]: a row for each output channel.</param>
    /// <param name="inputs">K</param>
    /// <param name="format">The blocks.</param>
    BlockwiseWeight Round(ReadOnlySpan<float> weights, int inputs, BlockFormat format);
}
