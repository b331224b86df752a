using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>
/// Sums up what a layer reads together with what it is to make of it, over the positions of all samples: E[x], E[y], E[x·xᵀ] and E[y·xᵀ].
/// </summary>
/// <remarks>Holds d² + d·o numbers for each group of the layer, where d is how many weights an output channel has and o the number of its outputs.</remarks>
internal sealed class RegressionMoments
{
    /// <summary>Positions that are collected before their products are summed up.</summary>
    private const int Together = 256;

    private readonly SummedWeight _layer;
    private readonly int _positions;
    private readonly int _kernel;
    private readonly int _channels;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private float[] _patches = [];
    private int _waiting;
    private int _samples;

    /// <param name="layer">The layer, in the network that it now stands in.</param>
    /// <param name="positions">How many positions are taken from a sample at most.</param>
    public RegressionMoments(SummedWeight layer, int positions)
    {
        _layer = layer;
        _positions = positions;
        Columns = InputGram.ColumnsOf(layer);
        _channels = layer.Node.Is("Conv") ? (int)layer.Weight.Dims[1] : layer.Inputs;
        _kernel = Columns / _channels;
        Groups = layer.Inputs / _channels;
        OutputsOfGroup = layer.Outputs / Groups;
        _inputs = new float[Groups * Columns * Together];
        _targets = new float[layer.Outputs * Together];
        InputSums = new double[Groups * Columns];
        TargetSums = new double[layer.Outputs];
        Squares = [.. Enumerable.Range(0, Groups).Select(_ => new double[Columns * Columns])];
        Products = [.. Enumerable.Range(0, Groups).Select(_ => new double[OutputsOfGroup * Columns])];
    }

    /// <summary>d: how many weights an output channel has.</summary>
    public int Columns { get; }

    public int Groups { get; }

    public int OutputsOfGroup { get; }

    /// <summary>Positions that were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Σx of each group, one after the other.</summary>
    public double[] InputSums { get; }

    /// <summary>Σy.</summary>
    public double[] TargetSums { get; }

    /// <summary>Σx·xᵀ of each group; the upper half.</summary>
    public double[][] Squares { get; }

    /// <summary>Σy·xᵀ of each group, outputs × columns.</summary>
    public double[][] Products { get; }

    /// <summary>False where an input or a target did not fit the layer.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <param name="input">What the layer reads in one sample.</param>
    /// <param name="target">What it is to make.</param>
    public void Observe(Tensor input, RepairTarget target)
    {
        if (!IsUsable || input.Count == 0)
            return;
        if (LayerPatches.Of(_layer, input.Dims, Math.Min(_positions, Together), _samples++) is not { } patches || !target.Fits(patches, _layer.Outputs))
        {
            IsUsable = false;
            return;
        }

        if (_waiting + patches.Count > Together)
            SumUp();
        Collect(input, target, patches);
        _waiting += patches.Count;
        Count += patches.Count;
    }

    /// <summary>Takes in what is still waiting: before the sums are read.</summary>
    public void SumUp()
    {
        for (var group = 0; group < Groups; group++)
        {
            var inputs = _inputs.AsSpan(group * Columns * Together, Columns * Together);
            var targets = _targets.AsSpan(group * OutputsOfGroup * Together, OutputsOfGroup * Together);
            RowProducts.AddUpper(inputs, Columns, _waiting, Together, Squares[group]);
            RowProducts.AddAll(targets, OutputsOfGroup, inputs, Columns, _waiting, Together, Products[group]);
        }

        AddSums(_inputs, InputSums);
        AddSums(_targets, TargetSums);
        _waiting = 0;
    }

    private void AddSums(float[] rows, double[] sums)
    {
        for (var row = 0; row < sums.Length; row++)
            sums[row] += TensorPrimitives.Sum<float>(rows.AsSpan(row * Together, _waiting));
    }

    private void Collect(Tensor input, RepairTarget target, LayerPatches patches)
    {
        var length = _kernel * patches.Count;
        _patches = _patches.Length >= length ? _patches : new float[length];
        for (var channel = 0; channel < Groups * _channels; channel++)
        {
            patches.Gather(input.Span<float>(), channel, _patches.AsSpan(0, length));
            for (var element = 0; element < _kernel; element++)
                _patches.AsSpan(element * patches.Count, patches.Count).CopyTo(_inputs.AsSpan((((channel * _kernel) + element) * Together) + _waiting));
        }

        for (var output = 0; output < _layer.Outputs; output++)
            target.Gather(patches, output, _targets.AsSpan((output * Together) + _waiting, patches.Count));
    }
}
