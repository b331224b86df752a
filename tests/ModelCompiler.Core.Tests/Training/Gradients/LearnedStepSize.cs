namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>
/// LSQ as its paper says it (Esser et al. 2019, arXiv:1902.08153, equations 1 to 5), number by number, with a zero point: x̂ = (clip(round(x/s) + z) − z)·s. ∂x̂/∂x is 1 inside and 0
/// outside of the range; ∂x̂/∂s is round(x/s) − x/s inside, and the end of the range outside.
/// </summary>
/// <param name="Least">Of the integers.</param>
/// <param name="Greatest">Of the integers.</param>
internal sealed record LearnedStepSize(int Least, int Greatest)
{
    /// <param name="x">Numbers.</param>
    /// <param name="gradient">By what each becomes.</param>
    /// <param name="scale">For each number, the place of its scale and zero point.</param>
    /// <param name="scales">By place.</param>
    /// <param name="zeroPoints">By place.</param>
    public (double[] X, double[] Scales) Gradients(float[] x, float[] gradient, int[] scale, float[] scales, int[] zeroPoints)
    {
        var (ofX, ofScales) = (new double[x.Length], new double[scales.Length]);
        for (var i = 0; i < x.Length; i++)
        {
            var place = scale[i];
            var steps = (double)x[i] / scales[place];
            var (low, high) = (Least - zeroPoints[place], Greatest - zeroPoints[place]);
            ofX[i] = steps < low || steps > high ? 0 : gradient[i];
            ofScales[place] += gradient[i] * (steps < low ? low : steps > high ? high : Math.Round(steps, MidpointRounding.ToEven) - steps);
        }

        return (ofX, ofScales);
    }
}
