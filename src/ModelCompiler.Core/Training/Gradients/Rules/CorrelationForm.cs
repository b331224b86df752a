using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>One way to compute a <see cref="Correlation"/>.</summary>
internal abstract record CorrelationForm
{
    /// <summary>The form that was fastest for such shapes on one thread.</summary>
    public static CorrelationForm Of(Correlation correlation)
    {
        if (correlation is { InGroup: 1, OutGroup: 1 })
            return new CorrelationSums();
        var (windows, inputs, outputs) = (correlation.Windows, correlation.InGroup, correlation.OutGroup);
        var taps = Product(windows.Kernel);

        // What a product has for columns fills a register from 8 on; fewer are joined.
        var joined = inputs < 8 ? (int)taps : 1;

        // Few rows pay for packing the columns again and again: copies of g make more.
        var moved = joined == 1 && taps > 1 && outputs < 24 && windows.Axes > 1 && windows.Strides[0] == 1 ? 1 : 0;

        // Images apart need no transposed copies, but a sum over products; that is the larger of the two for small images with many channels.
        var copied = (inputs * Product(windows.Signal)) + (outputs * Product(windows.Count));
        var place = correlation.Batch > 1 && 3 * taps * inputs * outputs >= copied ? BatchPlace.InRows : BatchPlace.Apart;
        return new CorrelationProduct(moved, joined, place);
    }

    /// <summary>The gradient of the weight: [groups · out, in, kernel…].</summary>
    public abstract Value Write(GradientWriter make, Correlation correlation);

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (a, b) => a * b);
}
