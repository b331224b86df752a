using System.Runtime.InteropServices;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Optimizers;

namespace ModelCompiler.Training.Steps;

/// <summary>The weights of a network in training, where ONNX Runtime reads them, and what the optimizer remembers of each.</summary>
internal sealed class Weights : IDisposable
{
    /// <summary>For a tensor of zeros, which tells nothing of its unit.</summary>
    private const float SizeOfZeros = 0.01f;

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly IOptimizer _optimizer;
    private readonly OrtBuffer[] _buffers;
    private readonly bool[]?[] _fixedZeros;
    private readonly float[] _sizes;
    private readonly float[][][] _moments;

    /// <param name="parameters">At their start.</param>
    /// <param name="recipe">How they are changed.</param>
    public Weights(IReadOnlyList<Parameter> parameters, TrainingRecipe recipe)
    {
        (_parameters, _optimizer) = (parameters, recipe.Optimizer);
        _buffers = [.. parameters.Select(parameter => OrtBuffer.Of(parameter.Start))];
        _fixedZeros = [.. parameters.Select(parameter => recipe.KeepsZeros && parameter.Start.Rank > 1 ? Array.ConvertAll(parameter.Start.ToFloats(), weight => weight == 0) : null)];
        _sizes = [.. parameters.Select(parameter => SizeOf(parameter.Start))];
        _moments = [.. parameters.Select(parameter => Enumerable.Range(0, _optimizer.Moments).Select(_ => new float[parameter.Start.Count]).ToArray())];
        Buffers = parameters.Zip(_buffers).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>By the name of the network's input.</summary>
    public IReadOnlyDictionary<string, OrtBuffer> Buffers { get; }

    /// <summary>Copies of all weights as they are.</summary>
    public float[][] Copy() => [.. _buffers.Select(buffer => buffer.Floats.ToArray())];

    /// <summary>Back to the start.</summary>
    public void Reset()
    {
        foreach (var (buffer, parameter) in _buffers.Zip(_parameters))
            parameter.Start.Data.Read(0, buffer.Bytes);
        foreach (var moment in _moments.SelectMany(moments => moments))
            Array.Clear(moment);
    }

    /// <summary>One step. A tensor's weights move by a share of their usual size, whatever unit its layer works in.</summary>
    /// <param name="gradients">By weight; they are changed.</param>
    /// <param name="rate">Of the weights' size.</param>
    /// <param name="step">Counted from 1.</param>
    public void Step(float[][] gradients, double rate, int step) => Parallel.For(0, _buffers.Length, i =>
    {
        if (_fixedZeros[i] is { } zeros)
            ClearWhere(zeros, gradients[i]);
        _optimizer.Step(_buffers[i].Floats, gradients[i], _moments[i], (float)(rate * _parameters[i].RateFactor) * _sizes[i], step);
    });

    /// <summary>Writes weights and moments: all that is needed to go on later.</summary>
    public void Save(BinaryWriter to)
    {
        foreach (var numbers in Copy().Concat(_moments.SelectMany(moments => moments)))
            to.Write(MemoryMarshal.AsBytes<float>(numbers));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public void Load(BinaryReader from)
    {
        foreach (var buffer in _buffers)
            from.BaseStream.ReadExactly(buffer.Bytes);
        foreach (var moment in _moments.SelectMany(moments => moments))
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(moment.AsSpan()));
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Dispose();
    }

    private static void ClearWhere(bool[] zeros, float[] gradient)
    {
        for (var i = 0; i < zeros.Length; i++)
        {
            if (zeros[i])
                gradient[i] = 0;
        }
    }

    /// <summary>Root mean square of the elements that are not zero.</summary>
    private static float SizeOf(Tensor tensor)
    {
        var weights = tensor.ToFloats().Where(weight => weight != 0).ToArray();
        return weights.Length == 0 ? SizeOfZeros : (float)Math.Sqrt(weights.Average(weight => (double)weight * weight));
    }
}
