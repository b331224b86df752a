using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Optimizers;

namespace ModelCompiler.Training.Steps;

/// <summary>The weights of a network in training, where ONNX Runtime reads them, and what the optimizer remembers of each.</summary>
internal sealed class Weights : IDisposable
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly OrtBuffer[] _buffers;
    private readonly bool[]?[] _fixedZeros;
    private readonly float[] _sizes;
    private readonly float[][][] _moments;
    private readonly IOptimizer _optimizer;

    /// <param name="parameters">At their start.</param>
    /// <param name="optimizer">Changes them.</param>
    /// <param name="keepsZeros">Whether elements that are zero stay so.</param>
    public Weights(IReadOnlyList<Parameter> parameters, IOptimizer optimizer, Func<Parameter, bool> keepsZeros)
    {
        (_parameters, _optimizer) = (parameters, optimizer);
        _buffers = [.. parameters.Select(parameter => OrtBuffer.Of(parameter.Start))];
        _fixedZeros = [.. parameters.Select(parameter => keepsZeros(parameter) ? Array.ConvertAll(parameter.Start.ToFloats(), weight => weight == 0) : null)];
        _sizes = [.. parameters.Select(parameter => SizeOf(parameter.Start))];
        _moments = [.. parameters.Select(parameter => Enumerable.Range(0, optimizer.Moments).Select(_ => new float[parameter.Start.Count]).ToArray())];
    }

    public int Count => _buffers.Length;

    /// <summary>By the name of the network's input.</summary>
    public IReadOnlyDictionary<string, OrtBuffer> Buffers => _parameters.Zip(_buffers).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>Copies of all weights as they are.</summary>
    public float[][] Copy() => [.. _buffers.Select(buffer => buffer.Floats.ToArray())];

    public void Set(float[][] values)
    {
        foreach (var (buffer, value) in _buffers.Zip(values))
            value.CopyTo(buffer.Floats);
    }

    /// <summary>One step. A tensor's weights move by a share of their usual size, whatever unit the layer works in.</summary>
    /// <param name="gradients">By weight; zeroed where an element stays 0.</param>
    /// <param name="rate">Of the weights' size.</param>
    /// <param name="step">Counted from 1.</param>
    public void Step(float[][] gradients, double rate, int step) => Parallel.For(0, Count, i =>
    {
        if (_fixedZeros[i] is { } zeros)
        {
            for (var j = 0; j < zeros.Length; j++)
                gradients[i][j] = zeros[j] ? 0 : gradients[i][j];
        }

        _optimizer.Step(_buffers[i].Floats, gradients[i], _moments[i], (float)rate * _sizes[i], step);
    });

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
    }

    /// <summary>Root mean square of the elements that are not zero.</summary>
    private static float SizeOf(Tensor tensor)
    {
        var weights = tensor.ToFloats().Where(weight => weight != 0).ToArray();
        return weights.Length == 0 ? 0.01f : (float)Math.Sqrt(weights.Average(weight => (double)weight * weight));
    }
}
