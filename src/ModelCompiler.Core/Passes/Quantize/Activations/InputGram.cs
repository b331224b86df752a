using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Sums up how the factors of a layer's weights go together: E[x·xᵀ] over the patches of all samples.</summary>
/// <remarks>Holds d² numbers for each group of the layer, where d is how many weights an output channel has, however many samples there are.</remarks>
internal sealed class InputGram : IStoredObserver
{
    /// <summary>Positions that are collected before their products are summed up: each time, the whole matrix goes through the processor.</summary>
    private const int Together = 256;

    private readonly SummedWeight _layer;
    private readonly PositionSchedule _schedule;
    private readonly int _kernel;
    private readonly int _channels;
    private readonly double[] _sums;
    private readonly double[][] _products;
    private readonly float[] _waiting;
    private float[] _patches = [];
    private int _waitingCount;
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
        _waiting = new float[Groups * Columns * Together];
        _products = [.. Enumerable.Range(0, Groups).Select(_ => new double[Columns * Columns])];
    }

    /// <summary>d: how many weights an output channel has.</summary>
    public int Columns { get; }

    public int Groups { get; }

    /// <summary>Null where nothing was observed, where an input did not fit, or where it held numbers that are not finite.</summary>
    public GramMatrix? Result
    {
        get
        {
            SumUp();
            return _unusable || _count == 0 || !Array.TrueForAll(_products, products => Array.TrueForAll(products, double.IsFinite))
                ? null
                : new(Columns, Array.ConvertAll(_sums, sum => sum / _count), Array.ConvertAll(_products, Mean));
        }
    }

    public string Kind => $"products of {_layer.Node.Output.Name}, {_schedule}";

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
        _patches = _patches.Length >= _kernel * patches.Count ? _patches : new float[_kernel * patches.Count];
        if (_waitingCount + patches.Count > Together)
            SumUp();
        for (var channel = 0; channel < Groups * _channels; channel++)
            Collect(sample.Span<float>(), patches, channel);
        _waitingCount += patches.Count;
    }

    /// <summary>Only what lies on and above the diagonal, which is half.</summary>
    public void Save(BinaryWriter writer)
    {
        SumUp();
        writer.Write(_unusable);
        writer.Write(_count);
        writer.Write(_samples);
        writer.WriteDoubles(_sums);
        foreach (var products in _products)
        {
            for (var row = 0; row < Columns; row++)
                writer.WriteDoubles(products.AsSpan((row * Columns) + row, Columns - row));
        }
    }

    public void Load(BinaryReader reader)
    {
        (_unusable, _count, _samples) = (reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt32());
        reader.ReadDoubles().CopyTo(_sums, 0);
        foreach (var products in _products)
        {
            for (var row = 0; row < Columns; row++)
                reader.ReadDoubles().CopyTo(products, (row * Columns) + row);
        }
    }

    private static int InputsOfGroup(SummedWeight layer) => layer.Node.Is("Conv") ? (int)layer.Weight.Dims[1] : layer.Inputs;

    /// <summary>Puts the factors of one channel behind those that wait.</summary>
    private void Collect(ReadOnlySpan<float> sample, LayerPatches patches, int channel)
    {
        patches.Gather(sample, channel, _patches.AsSpan(0, _kernel * patches.Count));
        for (var element = 0; element < _kernel; element++)
            _patches.AsSpan(element * patches.Count, patches.Count).CopyTo(_waiting.AsSpan((((channel * _kernel) + element) * Together) + _waitingCount));
    }

    private void SumUp()
    {
        for (var group = 0; group < Groups; group++)
        {
            var rows = _waiting.AsSpan(group * Columns * Together, Columns * Together);
            for (var row = 0; row < Columns; row++)
                _sums[(group * Columns) + row] += TensorPrimitives.Sum<float>(rows.Slice(row * Together, _waitingCount));
            RowProducts.AddUpper(rows, Columns, _waitingCount, Together, _products[group]);
        }

        _waitingCount = 0;
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
