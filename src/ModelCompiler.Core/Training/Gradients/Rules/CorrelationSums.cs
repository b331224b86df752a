using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// A depthwise correlation, one sum of products for each element of the kernel. Matrix products of one row do not fill the registers that they are made for.
/// </summary>
internal sealed record CorrelationSums : CorrelationForm
{
    public override Value Write(GradientWriter make, Correlation correlation)
    {
        var windows = correlation.Windows;
        long[] spatial = [.. Enumerable.Range(2, windows.Axes).Select(axis => (long)axis)];
        var padded = make.Pad(correlation.X, [0, 0, .. windows.Begins], [0, 0, .. windows.Ends]);
        var sums = windows.Taps(..).Select(tap => make.SumOver(make.Mul(windows.Copy(make, padded, tap, 2), correlation.G), [0, .. spatial]));
        return make.Reshape(make.Concat(2, [.. sums]), [correlation.Groups, 1, .. windows.Kernel]);
    }
}
