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
/// A correlation as one matrix product for all elements of the kernel: copies of x, one for each, lie below each other. A kernel's first axes may be moved over g instead,
/// x(p + t)·g(p) = x(p)·g(p − t), with zeros where g has no position: a kernel of 3×3 needs nine copies of x, or three of x and three of g.
/// </summary>
/// <param name="Moved">Leading axes of the kernel that are moved over g; they must have stride 1.</param>
/// <param name="Place">Of the batch.</param>
internal sealed record CorrelationProduct(int Moved, BatchPlace Place) : CorrelationForm
{
    public override Value Write(GradientWriter make, Correlation correlation)
    {
        var (windows, groups) = (correlation.Windows, correlation.Groups);
        var matrices = Place == BatchPlace.Apart ? correlation.Batch * groups : groups;
        var first = Place == BatchPlace.Apart ? 2 : 3; // spatial axis
        long[] padded = [.. windows.Count.Select((count, axis) => (windows.Strides[axis] * (count - 1)) + windows.Extent(axis))];
        var x = Lay(make, correlation.X, correlation, correlation.InGroup, windows.Signal);
        var g = Lay(make, correlation.G, correlation, correlation.OutGroup, windows.Count);
        var copies = CopiesOfX(make, make.Pad(x, [.. new long[first], .. windows.Begins], [.. new long[first], .. windows.Ends]), windows, padded, first);
        var moved = windows.Taps(..Moved).Select(tap => make.Pad(
            g,
            [.. new long[first], .. tap, .. new long[windows.Axes - Moved]],
            [.. new long[first], .. tap.Select((place, axis) => windows.Extent(axis) - 1 - place), .. new long[windows.Axes - Moved]]));

        var product = make.MatMul(Rows([.. moved], correlation.OutGroup), Rows([.. copies], correlation.InGroup), transB: true);
        if (Place == BatchPlace.Apart && correlation.Batch > 1)
            product = make.SumAway(make.Reshape(product, correlation.Batch, -1), 0);
        return Kernel(make, product, correlation);

        Value Rows(Value[] parts, long channels) => make.Reshape(make.Concat(1, parts), matrices, channels * parts.Length, -1);
    }

    /// <summary>[matrices, channels, (images,) spatial…].</summary>
    private Value Lay(GradientWriter make, Value value, Correlation correlation, long channels, long[] spatial)
    {
        if (Place == BatchPlace.Apart)
            return correlation.Groups == 1 ? value : make.Reshape(value, [correlation.Batch * correlation.Groups, channels, .. spatial]);
        if (correlation.Batch == 1)
            return make.Reshape(value, [correlation.Groups, channels, 1, .. spatial]);
        var apart = make.Reshape(value, [correlation.Batch, correlation.Groups, channels, .. spatial]);
        return make.Transpose(apart, [1, 2, 0, .. Enumerable.Range(3, spatial.Length).Select(axis => (long)axis)]);
    }

    private IEnumerable<Value> CopiesOfX(GradientWriter make, Value padded, Windows windows, long[] sizes, int first)
    {
        long[] axes = [.. Enumerable.Range(Moved, windows.Axes - Moved).Where(axis => sizes[axis] != windows.Count[axis]).Select(axis => (long)axis)];
        return windows.Taps(Moved..).Select(tap =>
        {
            if (axes.Length == 0)
                return padded;
            long[] starts = [.. axes.Select(axis => tap[axis - Moved])];
            long[] ends = [.. axes.Select(axis => tap[axis - Moved] + (windows.Strides[axis] * (windows.Count[axis] - 1)) + 1)];
            long[]? steps = windows.IsDense ? null : [.. axes.Select(axis => windows.Strides[axis])];
            return make.Slice(padded, [.. axes.Select(axis => axis + first)], starts, ends, steps);
        });
    }

    /// <summary>[groups, moved…, out, unmoved…, in] → [groups · out, in, kernel…].</summary>
    private Value Kernel(GradientWriter make, Value product, Correlation correlation)
    {
        var kernel = correlation.Windows.Kernel;
        long[] whole = [correlation.Groups * correlation.OutGroup, correlation.InGroup, .. kernel];
        if (kernel.All(size => size == 1))
            return make.Reshape(product, whole);
        var parted = make.Reshape(product, [correlation.Groups, .. kernel[..Moved], correlation.OutGroup, .. kernel[Moved..], correlation.InGroup]);
        var (places, last) = (Enumerable.Range(1, kernel.Length + 1).Select(axis => (long)axis).ToList(), kernel.Length + 2);
        places.Remove(Moved + 1);
        return make.Reshape(make.Transpose(parted, [0, Moved + 1, last, .. places]), whole);
    }
}
