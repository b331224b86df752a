namespace ModelCompiler.Contract;

/// <summary>Decides which inputs are states that a run hands to the next, which always have one value, and which are windows of sound.</summary>
internal sealed class InputResolver(string file, ModelSignature signature, Action<ModelDiagnostic> report)
{
    /// <summary>The sizes that follow from windows of sound: their length, and one stream at a time.</summary>
    public static ModelSignature BindWindows(string file, ModelSignature signature, EquatableArray<InputBinding> said)
    {
        foreach (var (binding, input) in said.Where(binding => binding.Audio is not null).Select(binding => (binding, Find(file, signature, binding))))
        {
            if (input is not { Kind: ValueKind.Tensor, ElementType: ElementType.Float32, Shape: { Count: >= 1 } shape })
                throw DoesNotFit(file, $"The audio of the input '{input.Name}'", "it takes a tensor of floats, with the samples along its last axis");
            var sizes = shape.Select((axis, index) => axis.Size ?? (index == shape.Count - 1 ? binding.Audio!.Window : 1)).ToArray();
            if (sizes.Aggregate(1L, (product, size) => product * size) != binding.Audio!.Window)
                throw DoesNotFit(file, $"A window of {binding.Audio.Window} samples", $"its input '{input.Name}' takes [{string.Join(", ", sizes)}]");
            var named = shape.Zip(sizes, (axis, size) => (axis, size)).Where(pair => pair.axis.Size is null && pair.axis.Name is not null).Select(pair => new DimensionBinding(pair.axis.Name!, pair.size));
            signature = DimensionBinder.Bind(file, signature, new(named));
            signature = signature with { Inputs = new(signature.Inputs.Select(other => other.Name == input.Name ? other with { Shape = new(sizes.Select(Dimension.Of)) } : other)) };
        }

        return signature;
    }

    /// <summary>The inputs with what is said of them, and with what their names say.</summary>
    public IReadOnlyList<ManifestInput> Resolve(IReadOnlyList<ImageInput?> images, EquatableArray<InputBinding> said)
    {
        foreach (var binding in said)
            Check(binding, Find(file, signature, binding));
        var inputs = signature.Inputs.Select((input, index) => Said(new ManifestInput(input, images[index]), said.FirstOrDefault(binding => binding.Input == input.Name))).ToArray();
        for (var index = 0; index < inputs.Length; index++)
        {
            if (said.All(binding => binding.Input != inputs[index].Value.Name) && GuessState(inputs, inputs[index]) is { } output)
            {
                inputs[index] = inputs[index] with { State = output.Name };
                report(DiagnosticRules.Guessed.Create(file, $"The meaning of the input '{inputs[index].Value.Name}'", $"a state that the output '{output.Name}' renews", "their names and shapes"));
            }
        }

        return inputs;
    }

    private static ManifestInput Said(ManifestInput input, InputBinding? binding) => binding is null ? input : input with
    {
        State = binding.State == InputBinding.NoState ? null : binding.State,
        Constant = binding.Value,
        Audio = binding.Audio,
    };

    private void Check(InputBinding binding, ValueSignature input)
    {
        if (binding.State is { } state and not InputBinding.NoState)
        {
            var output = signature.Outputs.FirstOrDefault(output => output.Name == state)
                ?? throw DoesNotFit(file, $"The output '{state}'", $"its outputs are: {string.Join(", ", signature.Outputs.Select(output => output.Name))}");
            if (!StateNames.CanRenew(input, output))
                throw DoesNotFit(file, $"The state '{input.Name}'", $"the output '{output.Name}' has another type or shape");
        }

        if (binding.Value is not { } value)
            return;
        if (!TakesOneValue(input))
            throw DoesNotFit(file, $"The value of the input '{input.Name}'", "an input with one value for all its elements is a tensor of numbers whose shape is fixed. Set Dims, or leave the value out");
        if (!Holds(input.ElementType, value))
            throw DoesNotFit(file, $"The value of the input '{input.Name}'", FormattableString.Invariant($"{value} is no value of {input.ElementType.OnnxName()}"));
    }

    // A double is exact for whole numbers up to 2^53, and no one writes larger ones.
    private static bool Holds(ElementType type, double value) => type switch
    {
        ElementType.Bool => value is 0 or 1,
        ElementType.Float64 or ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 => true,
        ElementType.UInt8 => IsWhole(value, 0, byte.MaxValue),
        ElementType.Int8 => IsWhole(value, sbyte.MinValue, sbyte.MaxValue),
        ElementType.UInt16 => IsWhole(value, 0, ushort.MaxValue),
        ElementType.Int16 => IsWhole(value, short.MinValue, short.MaxValue),
        ElementType.UInt32 => IsWhole(value, 0, uint.MaxValue),
        ElementType.Int32 => IsWhole(value, int.MinValue, int.MaxValue),
        ElementType.UInt64 => IsWhole(value, 0, 1L << 53),
        ElementType.Int64 => IsWhole(value, -(1L << 53), 1L << 53),
        _ => false,
    };

    private static bool IsWhole(double value, double least, double most) => value >= least && value <= most && Math.Floor(value) == value;

    private static bool TakesOneValue(ValueSignature input) =>
        input is { Kind: ValueKind.Tensor, ElementType: not (ElementType.String or ElementType.Undefined), Shape: { } shape } && shape.All(axis => axis.IsFixed);

    /// <summary>Only where something else is given and something else comes out: a model of nothing but states is none.</summary>
    private ValueSignature? GuessState(IReadOnlyList<ManifestInput> inputs, ManifestInput input)
    {
        if (input.Image is not null || inputs.Count < 2 || signature.Outputs.Count < 2)
            return null;
        var outputs = signature.Outputs.Where(output => StateNames.Match(input.Value.Name, output.Name) && StateNames.CanRenew(input.Value, output)).ToArray();
        return outputs.Length == 1 ? outputs[0] : null;
    }

    private static ValueSignature Find(string file, ModelSignature signature, InputBinding binding) =>
        signature.Inputs.FirstOrDefault(input => input.Name == binding.Input)
            ?? throw DoesNotFit(file, $"The input '{binding.Input}'", $"its inputs are: {string.Join(", ", signature.Inputs.Select(input => input.Name))}");

    private static DiagnosticException DoesNotFit(string file, string what, string why) => new(DiagnosticRules.OptionDoesNotFit.Create(file, what, why));
}
