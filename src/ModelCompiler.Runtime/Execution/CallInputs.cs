using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The memory of a call's inputs: made and bound once where the shape is fixed, else when the shape changes.</summary>
internal sealed class CallInputs : IDisposable
{
    private readonly IReadOnlyList<TensorSpec> _specs;
    private readonly OrtIoBinding _binding;
    private readonly NativeTensor?[] _tensors;
    private readonly bool[] _given;

    public CallInputs(IReadOnlyList<TensorSpec> specs, OrtIoBinding binding)
    {
        _specs = specs;
        _binding = binding;
        _tensors = new NativeTensor?[specs.Count];
        _given = new bool[specs.Count];
        for (var index = 0; index < specs.Count; index++)
        {
            if (specs[index].FixedLength is not null)
                Bind(index, new NativeTensor(specs[index].ElementType, specs[index].FixedShape));
        }
    }

    /// <summary>The first input that was not given since <see cref="Forget"/>; null when all were.</summary>
    public TensorSpec? Missing => Array.IndexOf(_given, false) is var index and >= 0 ? _specs[index] : null;

    /// <summary>The memory of an input of fixed shape.</summary>
    public Span<T> Fixed<T>(int index)
        where T : unmanaged
    {
        _given[index] = true;
        return _tensors[index]!.Span<T>();
    }

    /// <summary>The memory of an input in a shape that the caller decided; kept from the last call where that had the same shape.</summary>
    public Span<T> Shaped<T>(int index, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (_tensors[index] is null || !_tensors[index]!.Shape.SequenceEqual(shape))
            Bind(index, new NativeTensor(_specs[index].ElementType, shape));

        _given[index] = true;
        return _tensors[index]!.Span<T>();
    }

    /// <summary>Binds every input again, which copies its values to a provider that has memory of its own.</summary>
    public void Rebind()
    {
        for (var index = 0; index < _tensors.Length; index++)
            _binding.BindInput(_specs[index].Name, _tensors[index]!.Value);
    }

    /// <summary>The values of the last call do not count as given for the next.</summary>
    public void Forget() => Array.Clear(_given);

    public void Dispose()
    {
        foreach (var tensor in _tensors)
            tensor?.Dispose();
    }

    // The old tensor may go only when the binding has let go of it.
    private void Bind(int index, NativeTensor tensor)
    {
        _binding.BindInput(_specs[index].Name, tensor.Value);
        _tensors[index]?.Dispose();
        _tensors[index] = tensor;
    }
}
