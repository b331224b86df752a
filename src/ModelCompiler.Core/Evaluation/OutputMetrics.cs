using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;

namespace ModelCompiler.Evaluation;

/// <summary>Which metric judges a model.</summary>
public static class OutputMetrics
{
    /// <summary>What labelled samples are judged by: AP50 for a detector, else top-1. A detector without labelled boxes is judged by its agreement with the original.</summary>
    /// <param name="detections">Reads the objects that the model finds; null for a model that finds none.</param>
    /// <param name="samples">What it will be judged on.</param>
    public static IOutputMetric For(DetectionReader? detections, DataSet samples)
    {
        if (detections is null)
            return new Top1AccuracyMeter();
        return samples.HasBoxes ? new DetectionAccuracyMeter(detections) : new DetectionAgreementMeter(detections);
    }

    /// <summary>Agreement with the original, which needs no labels: of what is found for a detector, else of the best class.</summary>
    public static IOutputMetric Agreement(DetectionReader? detections) =>
        detections is null ? new Top1AgreementMeter() : new DetectionAgreementMeter(detections);
}
