namespace ModelCompiler.Contract;

/// <summary>
/// Brings together what a model's file says and what the project says. What neither says is guessed only where one answer is
/// plainly the right one, and every guess is reported.
/// </summary>
public static class ModelDescriber
{
    /// <param name="file">The model, named in diagnostics.</param>
    /// <param name="signature">What the file says.</param>
    /// <param name="options">What the project says.</param>
    /// <param name="report">Is given every guess (MC2002).</param>
    /// <exception cref="DiagnosticException">MC0005 or MC0013 labels, MC0006 their number, MC2003 an option that does not fit the model.</exception>
    public static ModelDescription Describe(string file, ModelSignature signature, ModelOptions options, Action<ModelDiagnostic> report)
    {
        signature = DimensionBinder.Bind(file, signature, options.Dims);
        var images = new ImageResolver(file, signature, report).Resolve(options.Images);
        var labels = options.Labels is { } path ? LabelsReader.Read(path) : [];
        var resolver = new OutputResolver(file, signature, report);
        var said = resolver.Said(options.Outputs);
        var detections = new DetectionResolver(file, options.Outputs, new DetectionGuess(signature, images, labels.Count), report);
        var task = options.Task ?? (detections.IsDetector(said) ? ModelTask.Detection : labels.Count > 0 ? ModelTask.Classification : ModelTask.Raw);
        var outputs = task == ModelTask.Detection ? detections.Resolve(said) : resolver.Resolve(task, options.Outputs);
        if (labels.Count > 0 && outputs.FirstOrDefault(IsClassScores) is { } scores)
            CheckCount(options.Labels!, labels.Count, scores.Value, ClassCount(scores.Value));
        if (labels.Count > 0 && outputs.FirstOrDefault(output => output.Kind == OutputKind.Detections) is { } table)
            CheckCount(options.Labels!, labels.Count, table.Value, DetectionResolver.ClassCount(table));
        return new ModelDescription(
            task,
            new(signature.Inputs.Select((input, i) => new ManifestInput(input, images[i]))),
            new(outputs),
            new(labels));
    }

    /// <summary>How many classes an output has scores for, or null when its shape leaves that open: every axis after the batch counts.</summary>
    public static long? ClassCount(ValueSignature output)
    {
        if (output.Shape is not { Count: > 0 } shape)
            return null;
        var axes = shape.Count == 1 ? shape : shape.Skip(1);
        long count = 1;
        foreach (var axis in axes)
        {
            if (axis.Size is not { } size || size > int.MaxValue)
                return null;
            count = Math.Min(count * size, int.MaxValue);
        }
        return count;
    }

    private static bool IsClassScores(ManifestOutput output) => output.Kind is OutputKind.Probabilities or OutputKind.Logits;

    private static void CheckCount(string labelsFile, int labels, ValueSignature output, long? count)
    {
        if (count is { } classes && classes != labels)
        {
            throw new DiagnosticException(
                DiagnosticRules.LabelsCountMismatch.Create(labelsFile, Path.GetFileName(labelsFile), labels, output.Name, classes));
        }
    }
}
