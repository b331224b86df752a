namespace ModelCompiler.Contract;

/// <summary>Decides how boxes are read from a detector's outputs.</summary>
internal sealed class DetectionResolver(string file, EquatableArray<OutputBinding> said, DetectionGuess guess, Action<ModelDiagnostic> report)
{
    /// <summary>Whether the project says, or the shapes show, that there are boxes.</summary>
    public bool IsDetector(IReadOnlyList<ManifestOutput> outputs) => IsSaid(outputs) || (said.Count == 0 && guess.Find(outputs) is not null);

    /// <summary>The outputs with the way to their boxes; as they were where it is neither said nor plain.</summary>
    public IReadOnlyList<ManifestOutput> Resolve(IReadOnlyList<ManifestOutput> outputs)
    {
        if (IsSaid(outputs))
            return Complete(outputs);
        if (said.Count > 0 || guess.Find(outputs) is not { } found)
            return outputs;
        foreach (var output in found.Where(output => output.Detection is not null))
            report(DiagnosticRules.Guessed.Create(file, $"The kind of the output '{output.Value.Name}'", OptionWords.Word(output.Kind), $"its shape {ImageShape.Text(output.Value)}"));
        return found;
    }

    /// <summary>Number of classes that a table of detections has, or null where its shape leaves that open.</summary>
    public static long? ClassCount(ManifestOutput output)
    {
        if (output is not { Kind: OutputKind.Detections, Detection: { } format, Value.Shape: { Count: >= 2 } shape })
            return null;
        var columns = shape[shape.Count - (format.IsColumnsFirst ? 2 : 1)].Size;
        return columns - (format.HasObjectness ? 5 : 4);
    }

    private static bool IsSaid(IReadOnlyList<ManifestOutput> outputs) => outputs.Any(output => IsPart(output.Kind));

    private static bool IsPart(OutputKind kind) => kind is OutputKind.Detections or OutputKind.Boxes or OutputKind.Scores;

    private IReadOnlyList<ManifestOutput> Complete(IReadOnlyList<ManifestOutput> outputs)
    {
        var kinds = outputs.Select(output => output.Kind).Where(IsPart).OrderBy(kind => kind).ToArray();
        if (!kinds.SequenceEqual([OutputKind.Detections]) && !kinds.SequenceEqual([OutputKind.Boxes, OutputKind.Scores]))
            throw DoesNotFit("The kinds of its outputs", "a detector has one output of kind detections, or one of kind boxes and one of kind scores");
        return [.. outputs.Select(output => IsPart(output.Kind) ? Complete(output, said.First(binding => binding.Output == output.Value.Name), outputs) : output)];
    }

    private ManifestOutput Complete(ManifestOutput output, OutputBinding binding, IReadOnlyList<ManifestOutput> outputs)
    {
        if (output.Value is not { Kind: ValueKind.Tensor } || output.Value.Shape is { Count: < 2 or > 3 })
            throw DoesNotFit($"The output '{output.Value.Name}'", $"a table of boxes has the shape [batch, boxes, numbers], and its shape is {ImageShape.Text(output.Value)}");
        return output.Kind switch
        {
            OutputKind.Detections => output with { Detection = Detections(output, binding.Detection ?? new()) },
            OutputKind.Boxes => output with { Detection = DetectionPresets.Of(binding.Detection ?? new(), null) with { IsColumnsFirst = DetectionTable.Of(output) is { First: 4, Second: not 4 } } },
            _ => output with { Detection = DetectionPresets.Of(new(), null) with { IsColumnsFirst = IsScoresByClass(output, outputs) } },
        };
    }

    private DetectionFormat Detections(ManifestOutput output, DetectionSettings settings)
    {
        var shown = guess.Find([output with { Kind = OutputKind.Raw }])?[0].Detection;
        if (settings.Layout is null && settings.Box is null)
        {
            if (shown is not null)
                return shown;
            var layouts = string.Join(", ", OptionWords.DetectionLayouts);
            throw DoesNotFit($"The output '{output.Value.Name}'", $"its shape {ImageShape.Text(output.Value)} does not show how boxes are read; say detection.layout ({layouts})");
        }

        var format = DetectionPresets.Of(settings, null);
        return shown is null ? format : format with { IsColumnsFirst = shown.IsColumnsFirst };
    }

    private static bool IsScoresByClass(ManifestOutput scores, IReadOnlyList<ManifestOutput> outputs) =>
        DetectionTable.Of(scores) is { } table
        && outputs.Select(DetectionTable.Of).FirstOrDefault(other => other?.Output.Kind == OutputKind.Boxes) is { } boxes
        && table.Second == Math.Max(boxes.First, boxes.Second) && table.First != table.Second;

    private DiagnosticException DoesNotFit(string what, string reason) => new(DiagnosticRules.OptionDoesNotFit.Create(file, what, reason));
}
