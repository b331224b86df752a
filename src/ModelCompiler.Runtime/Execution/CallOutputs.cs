using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The memory of a call's outputs: ours, bound once, where the shape is fixed; else what ONNX Runtime allocates in each run.</summary>
internal sealed class CallOutputs : IDisposable
{
    private readonly IReadOnlyList<TensorSpec> _specs;
    private readonly OrtIoBinding _binding;
    private readonly NativeTensor?[] _tensors;
    private IDisposableReadOnlyCollection<OrtValue>? _results;
    private string[]? _order;

    public CallOutputs(IReadOnlyList<TensorSpec> specs, OrtIoBinding binding)
    {
        _specs = specs;
        _binding = binding;
        _tensors = new NativeTensor?[specs.Count];
        for (var index = 0; index < specs.Count; index++)
        {
            if (specs[index].FixedLength is null)
                continue;

            var tensor = new NativeTensor(specs[index].ElementType, specs[index].FixedShape);
            _tensors[index] = tensor;
            _binding.BindOutput(specs[index].Name, tensor.Value);
        }
    }

    public ReadOnlySpan<T> Values<T>(int index)
        where T : unmanaged =>
        _tensors[index] is { } tensor ? tensor.Span<T>() : MemoryMarshal.Cast<byte, T>(Result(index).GetTensorMutableRawData());

    public long[] Shape(int index) =>
        _tensors[index] is { } tensor ? tensor.Shape.ToArray() : Result(index).GetTensorTypeAndShape().Shape;

    /// <summary>Asks for new memory where the shape is known only after the run.</summary>
    public void Rebind()
    {
        Release();
        for (var index = 0; index < _tensors.Length; index++)
        {
            if (_tensors[index] is null)
                _binding.BindOutputToDevice(_specs[index].Name, OrtMemoryInfo.DefaultInstance);
        }
    }

    /// <summary>Frees what ONNX Runtime allocated.</summary>
    public void Release()
    {
        _results?.Dispose();
        _results = null;
    }

    public void Dispose()
    {
        Release();
        foreach (var tensor in _tensors)
            tensor?.Dispose();
    }

    /// <summary>The collection follows the order in which the names were first bound.</summary>
    private OrtValue Result(int index)
    {
        _results ??= _binding.GetOutputValues();
        _order ??= _binding.GetOutputNames();
        return _results[Array.IndexOf(_order, _specs[index].Name)];
    }
}
