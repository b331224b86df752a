namespace ModelCompiler;

/// <summary>What a recurrent model remembers between runs: each run reads it and leaves it as the next one needs it.</summary>
/// <remarks>One state is one stream of data, for example one speaker. It belongs to one run at a time; different states of one model may run at the same time.</remarks>
public sealed class ModelState
{
    private readonly ModelDefinition _model;
    private readonly StateValue[] _values;

    internal ModelState(ModelDefinition model)
    {
        _model = model;
        _values = [.. model.States.Select(state => new StateValue(state.Shape, model.Inputs[state.Input].ElementSize))];
    }

    private ModelState(ModelState other)
    {
        _model = other._model;
        _values = [.. other._values.Select(value => value.Copy())];
    }

    /// <summary>Forgets everything, as before the first run.</summary>
    public void Reset()
    {
        for (var index = 0; index < _values.Length; index++)
            _values[index] = new StateValue(_model.States[index].Shape, _model.Inputs[_model.States[index].Input].ElementSize);
    }

    /// <summary>A state of its own that remembers the same, for example to try two continuations.</summary>
    public ModelState Copy() => new(this);

    /// <summary>Sets the call's inputs.</summary>
    internal void Give(ModelDefinition model, CallInputs inputs)
    {
        if (model != _model)
            throw new ArgumentException($"The state is of the model '{_model.Name}' and not of '{model.Name}'. Use one that the model created.", nameof(model));
        for (var index = 0; index < _values.Length; index++)
        {
            var input = _model.States[index].Input;
            var target = _model.Inputs[input].FixedLength is null ? inputs.Shaped<byte>(input, _values[index].Shape) : inputs.Fixed<byte>(input);
            _values[index].Bytes.CopyTo(target);
        }
    }

    /// <summary>Takes over what the run made of it.</summary>
    internal void Take(CallOutputs outputs)
    {
        for (var index = 0; index < _values.Length; index++)
            _values[index].Become(outputs, _model.States[index].Output);
    }

    /// <summary>The memory of one input, used again while its size stays.</summary>
    private sealed class StateValue
    {
        private byte[] _bytes;
        private long[] _shape;

        public StateValue(IReadOnlyList<long> shape, int elementSize)
        {
            _shape = [.. shape];
            _bytes = new byte[checked(TensorShape.Length(_shape) * elementSize)];
        }

        private StateValue(StateValue other)
        {
            _bytes = [.. other._bytes];
            _shape = [.. other._shape];
        }

        public ReadOnlySpan<byte> Bytes => _bytes;

        public ReadOnlySpan<long> Shape => _shape;

        public void Become(CallOutputs outputs, int output)
        {
            var bytes = outputs.Bytes(output);
            if (bytes.Length == _bytes.Length)
                bytes.CopyTo(_bytes);
            else
                _bytes = bytes.ToArray();
            if (!outputs.IsFixed(output))
                _shape = outputs.Shape(output);
        }

        public StateValue Copy() => new(this);
    }
}
