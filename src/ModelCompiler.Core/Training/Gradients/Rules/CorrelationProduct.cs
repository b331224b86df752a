using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Where a product has the images of a batch.</summary>
internal enum BatchPlace
{
    /// <summary>One product for each image, summed afterwards: nothing needs to be transposed.</summary>
    Apart,

    /// <summary>Behind each other in the rows, so that the product sums them.</summary>
    InRows,
}

/// <summary>
/// A correlation as matrix products g·xᵀ over all positions, with a moved copy of x for each element of the kernel. A kernel's first axes may move g instead,
/// Σ x(p + t)·g(p) = Σ x(p)·g(p − t), with zeros where g has no position: a kernel of 3×3 needs nine copies of x, or three of x and three of g.
/// </summary>
/// <param name="Moved">Leading axes of the kernel that move g; they must have stride 1.</param>
/// <param name="Joined">Copies of x that lie below each other in one product.</param>
/// <param name="Place">Of the batch.</param>
internal sealed record CorrelationProduct(int Moved, int Joined, BatchPlace Place) : CorrelationForm
{
    /// <summary>The first spatial axis of [matrices, channels, spatial…], or [matrices, channels, images, spatial…].</summary>
    private int First => Place == BatchPlace.Apart ? 2 : 3;

    public override Value Write(GradientWriter make, Correlation correlation)
    {
        var matrices = Place == BatchPlace.Apart ? correlation.Batch * correlation.Groups : correlation.Groups;
        var g = Rows(CopiesOfG(make, Lay(make, correlation.G, correlation, correlation.OutGroup, correlation.Windows.Count), correlation.Windows), correlation.OutGroup);
        var copies = CopiesOfX(make, Lay(make, correlation.X, correlation, correlation.InGroup, correlation.Windows.Signal), correlation.Windows);
        var products = copies.Chunk(Joined).Select(joined => make.MatMul(g, Rows(joined, correlation.InGroup), transB: true));
        var product = make.Concat(2, [.. products]);
        if (Place == BatchPlace.Apart && correlation.Batch > 1)
            product = make.SumAway(correlation.Groups == 1 ? product : make.Reshape(product, correlation.Batch, -1), 0);
        return Kernel(make, product, correlation);

        Value Rows(Value[] parts, long channels) => make.Reshape(make.Concat(1, parts), matrices, channels * parts.Length, -1);
    }

    private Value Lay(GradientWriter make, Value value, Correlation correlation, long channels, long[] spatial)
    {
        if (Place == BatchPlace.Apart)
            return correlation.Groups == 1 ? value : make.Reshape(value, [correlation.Batch * correlation.Groups, channels, .. spatial]);
        if (correlation.Batch == 1)
            return make.Reshape(value, [correlation.Groups, channels, 1, .. spatial]);
        var apart = make.Reshape(value, [correlation.Batch, correlation.Groups, channels, .. spatial]);
        return make.Transpose(apart, [1, 2, 0, .. Enumerable.Range(3, spatial.Length).Select(axis => (long)axis)]);
    }

    private Value[] CopiesOfG(GradientWriter make, Value g, Windows windows) =>
    [
        .. windows.Taps(..Moved).Select(tap => make.Pad(
            g,
            [.. new long[First], .. tap, .. new long[windows.Axes - Moved]],
            [.. new long[First], .. tap.Select((place, axis) => windows.Extent(axis) - 1 - place), .. new long[windows.Axes - Moved]])),
    ];

    private Value[] CopiesOfX(GradientWriter make, Value x, Windows windows)
    {
        var padded = make.Pad(x, [.. new long[First], .. windows.Begins], [.. new long[First], .. windows.Ends]);
        return [.. windows.Taps(Moved..).Select(tap => windows.Copy(make, padded, tap, First))];
    }

    /// <summary>[groups, moved…, out, unmoved…, in] → [groups · out, in, kernel…].</summary>
    private Value Kernel(GradientWriter make, Value product, Correlation correlation)
    {
        var kernel = correlation.Windows.Kernel;
        long[] whole = [correlation.Groups * correlation.OutGroup, correlation.InGroup, .. kernel];
        if (Array.TrueForAll(kernel, size => size == 1))
            return make.Reshape(product, whole);
        var parted = make.Reshape(product, [correlation.Groups, .. kernel[..Moved], correlation.OutGroup, .. kernel[Moved..], correlation.InGroup]);
        var (places, last) = (Enumerable.Range(1, kernel.Length + 1).Select(axis => (long)axis).ToList(), kernel.Length + 2);
        places.Remove(Moved + 1);
        return make.Reshape(make.Transpose(parted, [0, Moved + 1, last, .. places]), whole);
    }
}
