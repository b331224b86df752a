namespace ModelCompiler.Contract;

/// <summary>Decides how the class of each pixel is read from a segmentation model's outputs.</summary>
internal sealed class SegmentationResolver
{
    private readonly string _file;
    private readonly ModelSignature _signature;
    private readonly EquatableArray<OutputBinding> _said;
    private readonly Action<ModelDiagnostic> _report;
    private readonly Func<ClassMapReading, bool>[] _hints;
    private readonly ImageShape _image = new(null, null, null);
    private readonly bool _hasBatch = true;

    public SegmentationResolver(
        string file, ModelSignature signature, IReadOnlyList<ImageInput?> images, int labels, EquatableArray<OutputBinding> said, Action<ModelDiagnostic> report)
    {
        (_file, _signature, _said, _report) = (file, signature, said, report);
        ImageLayout? layout = null;
        if (ImageOf(signature, images) is { } index)
        {
            layout = images[index]?.Layout ?? ImageShape.LayoutOf(signature.Inputs[index]);
            _image = layout is { } known ? ImageShape.Of(signature.Inputs[index], known) : _image;
            _hasBatch = signature.Inputs[index].Shape is { Count: 4 };
        }

        // From the strongest to the weakest; each only chooses among what those before left.
        _hints = [reading => reading.Covers(_image), reading => reading.Classes is not null, reading => reading.Classes == labels, reading => reading.Layout == layout];
    }

    /// <summary>Whether the project says that there is a class for each pixel.</summary>
    public static bool IsSaid(IReadOnlyList<ManifestOutput> outputs) => outputs.Any(output => output.Kind == OutputKind.ClassMap);

    /// <summary>The outputs with the way to the classes of pixels; as they were where it is neither said nor plain.</summary>
    public IReadOnlyList<ManifestOutput> Resolve(IReadOnlyList<ManifestOutput> outputs)
    {
        if (IsSaid(outputs))
            return Complete(outputs);
        if (_said.Count > 0 || Guess(outputs) is not { } found)
            return outputs;
        var source = $"its shape {ImageShape.Text(found.Output.Value)}" + (found.Values is ClassMapValues.Probability or ClassMapValues.Logit ? $" and the operator {OperatorOf(found.Output)} that computes it" : "");
        _report(DiagnosticRules.Guessed.Create(_file, $"The kind of the output '{found.Output.Value.Name}'", $"classMap of {OptionWords.Word(found.Values!.Value)}, {OptionWords.Word(found.Layout).ToUpperInvariant()}", source));
        return [.. outputs.Select(output => output == found.Output ? Mapped(output, found.Format!) : output)];
    }

    /// <summary>Number of classes that a map tells apart, or null where the model leaves that open.</summary>
    public static long? ClassCount(ManifestOutput output) => output is not { ClassMap: { } map, Value.Shape: { Count: >= 3 } shape } ? null : map.Values switch
    {
        ClassMapValues.Scores => shape[shape.Count - (map.Layout == ImageLayout.Nchw ? 3 : 1)].Size,
        ClassMapValues.Indices => null,
        _ => 2,
    };

    /// <summary>The only map that covers the image, in the only way in which it can be read.</summary>
    private ClassMapReading? Guess(IReadOnlyList<ManifestOutput> outputs)
    {
        var readable = outputs.Select(output => Readings(output).Where(reading => reading.Classes is not null && reading.Covers(_image)).ToArray()).Where(readings => readings.Length > 0).ToArray();
        return readable.Length == 1 && OnlyOne(readable[0]) is { Values: not null } found ? found : null;
    }

    private IReadOnlyList<ManifestOutput> Complete(IReadOnlyList<ManifestOutput> outputs)
    {
        if (outputs.Count(output => output.Kind == OutputKind.ClassMap) > 1)
            throw DoesNotFit("The kinds of its outputs", "a segmentation model has one output of kind classMap");
        return [.. outputs.Select(output => output.Kind == OutputKind.ClassMap ? Complete(output, _said.First(binding => binding.Output == output.Value.Name).ClassMap ?? new()) : output)];
    }

    private ManifestOutput Complete(ManifestOutput output, ClassMapSettings settings)
    {
        var (what, shape) = ($"The output '{output.Value.Name}'", ImageShape.Text(output.Value));
        var readings = Readings(output)
            .Select(reading => settings.Values is { } values && reading.Classes == 1 ? reading with { Values = values } : reading)
            .Where(reading => (settings.Layout ?? reading.Layout) == reading.Layout && (settings.Values ?? reading.Values) == reading.Values)
            .ToArray();
        if (readings.Length == 0)
            throw DoesNotFit(what, $"a map with a class for each pixel has the shape [batch, classes, height, width], [batch, height, width, classes] or [batch, height, width], and its shape is {shape}");
        var reading = OnlyOne(readings) ?? throw DoesNotFit(what, $"its shape {shape} does not show where the classes are; say classMap.layout (NCHW, NHWC)");
        var format = reading.Format ?? throw DoesNotFit(what, "nothing shows what its numbers are; say classMap.values (probability, logit, indices)");
        if (settings.Values is null && format.Values is ClassMapValues.Probability or ClassMapValues.Logit)
            _report(DiagnosticRules.Guessed.Create(_file, $"What the numbers of the output '{output.Value.Name}' are", OptionWords.Word(format.Values), $"the operator {OperatorOf(output)} that computes it"));
        return Mapped(output, format);
    }

    private IEnumerable<ClassMapReading> Readings(ManifestOutput output) => ClassMapReading.Of(output, OperatorOf(output), _hasBatch);

    private ClassMapReading? OnlyOne(ClassMapReading[] readings)
    {
        foreach (var hint in _hints)
            readings = Array.FindAll(readings, reading => hint(reading)) is { Length: > 0 } fitting ? fitting : readings;
        return readings.Length == 1 ? readings[0] : null;
    }

    private string OperatorOf(ManifestOutput output)
    {
        var index = _signature.Outputs.ToList().FindIndex(value => value.Name == output.Value.Name);
        return _signature.OutputOperators.Count > index ? _signature.OutputOperators[index] : "";
    }

    /// <summary>The input that is an image, or the only one that can be.</summary>
    private static int? ImageOf(ModelSignature signature, IReadOnlyList<ImageInput?> images)
    {
        var said = Enumerable.Range(0, images.Count).Where(i => images[i] is not null).ToArray();
        var found = said.Length > 0 ? said : [.. Enumerable.Range(0, images.Count).Where(i => ImageShape.CanBe(signature.Inputs[i]))];
        return found.Length == 1 ? found[0] : null;
    }

    private static ManifestOutput Mapped(ManifestOutput output, ClassMapFormat format) => output with { Kind = OutputKind.ClassMap, ClassMap = format };

    private DiagnosticException DoesNotFit(string what, string reason) => new(DiagnosticRules.OptionDoesNotFit.Create(_file, what, reason));
}
