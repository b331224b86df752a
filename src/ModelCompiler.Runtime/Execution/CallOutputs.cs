using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The memory of a call's outputs: ours, bound once, where the shape is fixed; else what ONNX Runtime allocates in each run.</summary>
internal sealed class CallOutputs : IDisposable
{
    private readonly IReadOnlyList<TensorSpec> _specs;
    private readonly NativeTensor?[] _tensors;
    private OrtIoBinding? _binding;
    private IDisposableReadOnlyCollection<OrtValue>? _results;
    private string[]? _order;

    public CallOutputs(IReadOnlyList<TensorSpec> specs)
    {
        _specs = specs;
        _tensors = [.. specs.Select(spec => spec.FixedLength is null ? null : new NativeTensor(spec.ElementType, spec.FixedShape))];
    }

    /// <summary>Whether no output of floats has a value that is infinite or no number.</summary>
    public bool AreFinite
    {
        get
        {
            for (var index = 0; index < _specs.Count; index++)
            {
                if (!FiniteValues.Are(_specs[index].ElementType, Bytes(index)))
                    return false;
            }

            return true;
        }
    }

    /// <summary>Binds the outputs to a session.</summary>
    public void BindTo(OrtIoBinding binding)
    {
        Release();
        _binding = binding;
        _order = null;
        for (var index = 0; index < _tensors.Length; index++)
        {
            if (_tensors[index] is { } tensor)
                binding.BindOutput(_specs[index].Name, tensor.Value);
        }
    }

    public ReadOnlySpan<T> Values<T>(int index)
        where T : unmanaged =>
        _tensors[index] is { } tensor ? tensor.Span<T>() : MemoryMarshal.Cast<byte, T>(Bytes(index));

    /// <summary>Nothing for what is no tensor of numbers.</summary>
    public ReadOnlySpan<byte> Bytes(int index) =>
        _tensors[index] is { } tensor ? tensor.Span<byte>() : _specs[index].IsNumeric ? Result(index).GetTensorMutableRawData() : [];

    public bool IsFixed(int index) => _tensors[index] is not null;

    public long[] Shape(int index) =>
        _tensors[index] is { } tensor ? tensor.Shape.ToArray() : Result(index).GetTensorTypeAndShape().Shape;

    /// <summary>An output in ONNX Runtime's own memory: one whose shape is not fixed, or that is no tensor.</summary>
    // The collection follows the order in which the names were first bound.
    public OrtValue Result(int index)
    {
        _results ??= _binding!.GetOutputValues();
        _order ??= _binding!.GetOutputNames();
        return _results[Array.IndexOf(_order, _specs[index].Name)];
    }

    /// <summary>Asks for new memory where the shape is known only after the run.</summary>
    public void Rebind()
    {
        Release();
        for (var index = 0; index < _tensors.Length; index++)
        {
            if (_tensors[index] is null)
                _binding!.BindOutputToDevice(_specs[index].Name, OrtMemoryInfo.DefaultInstance);
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
}
