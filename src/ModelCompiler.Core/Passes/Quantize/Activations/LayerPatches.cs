using ModelCompiler.Shapes.Rules;

namespace ModelCompiler.Passes;

/// <summary>
/// The parts of a layer's input that are multiplied by its weight, one at each output position (im2col): a row of a matrix, or the window of a
/// convolution, zeros where it reaches into the padding.
/// </summary>
internal sealed class LayerPatches
{
    private const double GoldenRatio = 1.6180339887498949;

    /// <summary>For each element of the kernel and each position: where in the first channel its factor lies, or −1 for padding.</summary>
    private readonly int[] _offsets;
    private readonly int _channelStride;

    /// <summary>The places that were taken of all images' outputs, counted by images, or rows, first.</summary>
    private readonly int[] _positions;
    private readonly int _positionsOfImage;

    private LayerPatches(int[] offsets, int channelStride, int[] positions, int positionsOfImage, int outputs)
    {
        (_offsets, _channelStride) = (offsets, channelStride);
        (_positions, _positionsOfImage) = (positions, positionsOfImage);
        Outputs = outputs;
    }

    /// <summary>How many positions the whole output has, those that were not taken included.</summary>
    public int Outputs { get; }

    /// <summary>How many positions there are.</summary>
    public int Count => _positions.Length;

    /// <summary>Null where the input does not fit the layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="dims">Of its input in one sample.</param>
    /// <param name="most">Of more positions than this, so many are taken, spread over all of them.</param>
    /// <param name="round">A number that changes from sample to sample, and with it the positions that are taken.</param>
    public static LayerPatches? Of(SummedWeight layer, ReadOnlySpan<long> dims, int most, int round)
    {
        if (!layer.Node.Is("Conv"))
            return dims.Length > 0 && dims[^1] == layer.Inputs ? OfRows(dims, layer.Inputs, most, round) : null;
        var fits = dims.Length == layer.Weight.Rank && dims[1] == layer.Inputs;
        return fits && SpatialWindow.Of(layer.Node, layer.Weight.Dims[2..].ToArray()) is { } window ? OfWindows(window, dims, most, round) : null;
    }

    /// <summary>The factors of one channel: for each element of the kernel, a row with one number for each position.</summary>
    public void Gather(ReadOnlySpan<float> input, int channel, Span<float> rows)
    {
        var start = channel * _channelStride;
        for (var i = 0; i < _offsets.Length; i++)
            rows[i] = _offsets[i] < 0 ? 0 : input[start + _offsets[i]];
    }

    /// <summary>What the layer, or another of the same geometry, makes at these positions: one channel of its output.</summary>
    /// <param name="output">The whole output.</param>
    /// <param name="channels">How many channels it has.</param>
    /// <param name="channel">The one to take.</param>
    /// <param name="row">One number for each position.</param>
    public void GatherOutput(ReadOnlySpan<float> output, int channels, int channel, Span<float> row)
    {
        for (var i = 0; i < _positions.Length; i++)
        {
            var (image, place) = Math.DivRem(_positions[i], _positionsOfImage);
            row[i] = output[(((image * channels) + channel) * _positionsOfImage) + place];
        }
    }

    private static LayerPatches OfRows(ReadOnlySpan<long> dims, int inputs, int most, int round)
    {
        var rows = (int)ChannelLayout.Of(dims, dims.Length - 1).Outer;
        var chosen = Choose(rows, most, round);
        return new(Array.ConvertAll(chosen, row => row * inputs), 1, chosen, 1, rows);
    }

    private static LayerPatches OfWindows(SpatialWindow window, ReadOnlySpan<long> dims, int most, int round)
    {
        var axes = new WindowAxis[window.Axes];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = WindowAxis.Of(window, axis, dims[axis + 2]);
        var perImage = axes.Aggregate(1, (product, axis) => product * axis.Outputs);
        var plane = axes.Aggregate(1, (product, axis) => product * axis.Size);
        var kernel = axes.Aggregate(1, (product, axis) => product * axis.Kernel);
        var positions = Choose(perImage * (int)dims[0], most, round);
        var offsets = new int[kernel * positions.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            var (element, position) = Math.DivRem(i, positions.Length);
            var (image, output) = Math.DivRem(positions[position], perImage);
            var within = OffsetInPlane(axes, element, output);
            offsets[i] = within < 0 ? -1 : (image * (int)dims[1] * plane) + within;
        }

        return new(offsets, plane, positions, perImage, perImage * (int)dims[0]);
    }

    private static int OffsetInPlane(WindowAxis[] axes, int element, int output)
    {
        var (offset, stride) = (0, 1);
        for (var axis = axes.Length - 1; axis >= 0; axis--)
        {
            (element, var step) = Math.DivRem(element, axes[axis].Kernel);
            (output, var place) = Math.DivRem(output, axes[axis].Outputs);
            var input = axes[axis].Input(place, step);
            if (input < 0 || input >= axes[axis].Size)
                return -1;
            offset += input * stride;
            stride *= axes[axis].Size;
        }

        return offset;
    }

    /// <summary>All positions, or as many as allowed by multiples of the golden ratio: even, and in step with no row or column.</summary>
    private static int[] Choose(int positions, int most, int round)
    {
        var chosen = new int[Math.Min(positions, most)];
        for (var i = 0; i < chosen.Length; i++)
        {
            var turns = ((round * (double)most) + i) * GoldenRatio;
            chosen[i] = positions <= most ? i : (int)((turns - Math.Floor(turns)) * positions);
        }

        return chosen;
    }
}
