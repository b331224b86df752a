namespace ModelCompiler.Evaluation.Reports;

/// <summary>What <c>modelc evaluate --json</c> prints. What was not measured is null.</summary>
public sealed record EvaluateReport(int Samples, AccuracyFacts? Accuracy, FidelityFacts? Fidelity)
{
    /// <summary>All metrics that fit the task, <see cref="Accuracy"/> among them.</summary>
    public IReadOnlyList<MeasureFacts> Measures { get; init; } = [];

    /// <summary>Whether confidence is accuracy; null where no labelled classifier was judged.</summary>
    public CalibrationFacts? Calibration { get; init; }

    /// <summary>What was fitted on all samples and written into the sidecar; before and after are cross-fitted. Null where that was not asked for.</summary>
    public TemperatureFacts? FittedTemperature { get; init; }

    /// <summary>A model beside its reference.</summary>
    public static EvaluateReport Of(Comparison comparison) => new(
        comparison.Samples,
        comparison.Accuracy is { } accuracy ? AccuracyFacts.Of(accuracy) : null,
        FidelityFacts.Of(comparison.Fidelity))
    {
        Measures = [.. comparison.Measures.Select(MeasureFacts.Of)],
        Calibration = CalibrationFacts.Of(comparison.Accuracy),
    };

    /// <summary>A model against the data set's own labels and expected outputs.</summary>
    public static EvaluateReport Alone(Comparison comparison) => new(
        comparison.Samples,
        comparison.Accuracy is { } accuracy ? AccuracyFacts.Alone(accuracy) : null,
        comparison.Fidelity.Outputs.Count > 0 ? FidelityFacts.Of(comparison.Fidelity) : null)
    {
        Measures = [.. comparison.Measures.Select(MeasureFacts.Alone).OfType<MeasureFacts>()],
        Calibration = CalibrationFacts.Alone(comparison.Accuracy),
    };
}
