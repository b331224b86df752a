using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The memory of a call's inputs: made and bound once where the shape is fixed, else when the shape changes.</summary>
internal sealed class CallInputs : IDisposable
{
    private readonly IReadOnlyList<TensorSpec> _specs;
    private readonly InputValue?[] _values;
    private readonly bool[] _given;
    private OrtIoBinding? _binding;

    public CallInputs(IReadOnlyList<TensorSpec> specs)
    {
        _specs = specs;
        _values = new InputValue?[specs.Count];
        _given = new bool[specs.Count];
        for (var index = 0; index < specs.Count; index++)
        {
            if (specs[index].FixedLength is not null)
                _values[index] = new NativeTensor(specs[index].ElementType, specs[index].FixedShape);
        }
    }

    /// <summary>The first input that was not given since <see cref="Forget"/>; null when all were.</summary>
    public TensorSpec? Missing => Array.IndexOf(_given, false) is var index and >= 0 ? _specs[index] : null;

    /// <summary>The memory of an input of fixed shape.</summary>
    public Span<T> Fixed<T>(int index)
        where T : unmanaged
    {
        _given[index] = true;
        return ((NativeTensor)_values[index]!).Span<T>();
    }

    /// <summary>The memory of an input in a shape that the caller decided; kept from the last call where that had the same shape.</summary>
    public Span<T> Shaped<T>(int index, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (_values[index] is not NativeTensor tensor || !tensor.Shape.SequenceEqual(shape))
            Put(index, tensor = new NativeTensor(_specs[index].ElementType, shape));

        _given[index] = true;
        return tensor.Span<T>();
    }

    /// <summary>A value that ONNX Runtime keeps: strings, sequences, maps.</summary>
    public void Set(int index, OrtValue value)
    {
        Put(index, new OwnedValue(value));
        _given[index] = true;
    }

    /// <summary>Binds every input to a session.</summary>
    public void BindTo(OrtIoBinding binding)
    {
        _binding = binding;
        Rebind();
    }

    /// <summary>Binds every input again, which copies its values to a provider that has memory of its own.</summary>
    public void Rebind()
    {
        for (var index = 0; index < _values.Length; index++)
        {
            if (_values[index] is { } value)
                _binding!.BindInput(_specs[index].Name, value.Value);
        }
    }

    /// <summary>The same values in other memory.</summary>
    public CallInputs Copy()
    {
        var copy = new CallInputs(_specs);
        for (var index = 0; index < _values.Length; index++)
        {
            copy._values[index]?.Dispose();
            copy._values[index] = _values[index]?.Copy();
            copy._given[index] = _given[index];
        }

        return copy;
    }

    /// <summary>The values of the last call do not count as given for the next.</summary>
    public void Forget() => Array.Clear(_given);

    public void Dispose()
    {
        foreach (var value in _values)
            value?.Dispose();
    }

    // The old value may go only when the binding has let go of it.
    private void Put(int index, InputValue value)
    {
        _binding?.BindInput(_specs[index].Name, value.Value);
        _values[index]?.Dispose();
        _values[index] = value;
    }
}
