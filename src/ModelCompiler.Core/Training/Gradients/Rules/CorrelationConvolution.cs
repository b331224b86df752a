using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// A depthwise correlation as a depthwise convolution of x, where g is the kernel and strides and dilations change places: every channel of every image is a group.
/// </summary>
internal sealed record CorrelationConvolution : CorrelationForm
{
    public override Value Write(GradientWriter make, Correlation correlation)
    {
        var (windows, channels) = (correlation.Windows, correlation.Groups * correlation.OutGroup);
        var cropped = make.Pad(correlation.X, new long[windows.Axes + 2], [0, 0, .. windows.Ends.Select(size => Math.Min(size, 0))]);
        var convolved = make.Node(
            "Conv",
            [
                make.Reshape(cropped, [1, correlation.Batch * correlation.Groups, .. windows.Signal.Zip(windows.Ends, (size, end) => size + Math.Min(end, 0))]),
                make.Reshape(correlation.G, [correlation.Batch * channels, 1, .. windows.Count]),
            ],
            ("group", correlation.Batch * correlation.Groups), ("strides", windows.Dilations), ("dilations", windows.Strides),
            ("pads", (long[])[.. windows.Begins, .. windows.Ends.Select(size => Math.Max(size, 0))]));
        var apart = make.Reshape(convolved, [correlation.Batch, channels, 1, .. windows.Kernel]);
        return correlation.Batch == 1 ? make.Reshape(apart, [channels, 1, .. windows.Kernel]) : make.SumAway(apart, 0);
    }
}
