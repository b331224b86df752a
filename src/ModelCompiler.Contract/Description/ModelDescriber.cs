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
        signature = InputResolver.BindWindows(file, DimensionBinder.Bind(file, signature, options.Dims), options.Inputs);
        var images = new ImageResolver(file, signature, report).Resolve(options.Images);
        var labels = options.Labels is { } path ? LabelsReader.Read(path) : [];
        var resolver = new OutputResolver(file, signature, report);
        var said = resolver.Said(options.Outputs);
        var detections = new DetectionResolver(file, options.Outputs, new DetectionGuess(signature, images, labels.Count), report);
        var task = options.Task ?? TaskOf(said, detections, labels.Count);
        var outputs = task switch
        {
            ModelTask.Detection => detections.Resolve(said),
            ModelTask.Segmentation => new SegmentationResolver(file, signature, images, labels.Count, options.Outputs, report).Resolve(said),
            ModelTask.Regression => new RegressionResolver(file, options.Outputs, report).Resolve(said),
            _ => resolver.Resolve(task, options.Outputs),
        };
        if (labels.Count > 0 && outputs.FirstOrDefault(output => IsLabelled(task, output.Kind)) is { } labelled)
            CheckCount(options.Labels!, labels.Count, labelled);
        return new ModelDescription(
            task,
            new(new InputResolver(file, signature, report).Resolve(images, options.Inputs)),
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

    /// <summary>What the kinds of the outputs, the boxes that their shapes show, or labels make of the model.</summary>
    private static ModelTask TaskOf(IReadOnlyList<ManifestOutput> said, DetectionResolver detections, int labels)
    {
        if (SegmentationResolver.IsSaid(said))
            return ModelTask.Segmentation;
        if (RegressionResolver.IsSaid(said))
            return ModelTask.Regression;
        return detections.IsDetector(said) ? ModelTask.Detection : labels > 0 ? ModelTask.Classification : ModelTask.Raw;
    }

    /// <summary>Whether the labels are those of an output of that kind.</summary>
    private static bool IsLabelled(ModelTask task, OutputKind kind) => task switch
    {
        ModelTask.Detection => kind == OutputKind.Detections,
        ModelTask.Segmentation => kind == OutputKind.ClassMap,
        ModelTask.Regression => kind == OutputKind.Value,
        _ => kind is OutputKind.Probabilities or OutputKind.Logits,
    };

    private static void CheckCount(string labelsFile, int labels, ManifestOutput output)
    {
        var count = output.Kind switch
        {
            OutputKind.Detections => DetectionResolver.ClassCount(output),
            OutputKind.ClassMap => SegmentationResolver.ClassCount(output),
            _ => ClassCount(output.Value),
        };
        if (count is { } places && places != labels)
        {
            throw new DiagnosticException(DiagnosticRules.LabelsCountMismatch.Create(
                labelsFile, Path.GetFileName(labelsFile), labels, output.Value.Name, places, output.Kind == OutputKind.Value ? "values" : "classes"));
        }
    }
}
