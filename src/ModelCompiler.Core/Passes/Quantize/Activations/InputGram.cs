using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Sums up how the factors of a layer's weights go together: E[x·xᵀ] over the patches of all samples.</summary>
/// <remarks>Holds d² numbers for each group of the layer, where d is how many weights an output channel has, however many samples there are.</remarks>
internal sealed class InputGram : IActivationObserver
{
    private readonly SummedWeight _layer;
    private readonly PositionSchedule _schedule;
    private readonly int _kernel;
    private readonly int _channels;
    private readonly double[] _sums;
    private readonly double[][] _products;
    private float[] _patches = [];
    private long _count;
    private int _samples;
    private bool _unusable;

    public InputGram(SummedWeight layer)
        : this(layer, PositionSchedule.Thorough)
    {
    }

    /// <param name="layer">The layer.</param>
    /// <param name="schedule">How many positions are taken from each sample.</param>
    public InputGram(SummedWeight layer, PositionSchedule schedule)
    {
        _layer = layer;
        _schedule = schedule;
        Columns = ColumnsOf(layer);
        Groups = layer.Inputs / InputsOfGroup(layer);
        _channels = InputsOfGroup(layer);
        _kernel = Columns / _channels;
        _sums = new double[Groups * Columns];
        _products = [.. Enumerable.Range(0, Groups).Select(_ => new double[Columns * Columns])];
    }

    /// <summary>d: how many weights an output channel has.</summary>
    public int Columns { get; }

    public int Groups { get; }

    /// <summary>Null where nothing was observed, where an input did not fit, or where it held numbers that are not finite.</summary>
    public GramMatrix? Result =>
        _unusable || _count == 0 || !Array.TrueForAll(_products, products => Array.TrueForAll(products, double.IsFinite))
            ? null
            : new(Columns, Array.ConvertAll(_sums, sum => sum / _count), Array.ConvertAll(_products, Mean));

    /// <summary>Bytes that observing a layer takes.</summary>
    public static long BytesFor(SummedWeight layer) => (long)ColumnsOf(layer) * ColumnsOf(layer) * (layer.Inputs / InputsOfGroup(layer)) * sizeof(double);

    public static int ColumnsOf(SummedWeight layer) => (int)(layer.Weight.Count / layer.Outputs);

    public void Observe(Tensor sample)
    {
        if (_unusable || sample.Count == 0)
            return;
        if (LayerPatches.Of(_layer, sample.Dims, _schedule.PositionsOf(_samples), _samples++) is not { } patches)
        {
            _unusable = true;
            return;
        }

        _count += patches.Count;
        _patches = _patches.Length >= Columns * patches.Count ? _patches : new float[Columns * patches.Count];
        for (var group = 0; group < Groups; group++)
            Add(sample.Span<float>(), patches, group);
    }

    private static int InputsOfGroup(SummedWeight layer) => layer.Node.Is("Conv") ? (int)layer.Weight.Dims[1] : layer.Inputs;

    private void Add(ReadOnlySpan<float> sample, LayerPatches patches, int group)
    {
        var count = patches.Count;
        for (var channel = 0; channel < _channels; channel++)
            patches.Gather(sample, (group * _channels) + channel, _patches.AsSpan(channel * _kernel * count, _kernel * count));
        var products = _products[group];
        for (var row = 0; row < Columns; row++)
        {
            var factors = _patches.AsSpan(row * count, count);
            _sums[(group * Columns) + row] += TensorPrimitives.Sum<float>(factors);
            for (var column = row; column < Columns; column++)
                products[(row * Columns) + column] += TensorPrimitives.Dot<float>(factors, _patches.AsSpan(column * count, count));
        }
    }

    /// <summary>The sums divided by their number, with the lower half filled in.</summary>
    private double[] Mean(double[] products)
    {
        var mean = new double[products.Length];
        for (var row = 0; row < Columns; row++)
        {
            for (var column = row; column < Columns; column++)
                mean[(row * Columns) + column] = mean[(column * Columns) + row] = products[(row * Columns) + column] / _count;
        }

        return mean;
    }
}
