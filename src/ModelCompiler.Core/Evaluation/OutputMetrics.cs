using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Evaluation.Embeddings;
using ModelCompiler.Evaluation.Regressions;
using ModelCompiler.Evaluation.Segmentations;
using ModelCompiler.Evaluation.Signals;

namespace ModelCompiler.Evaluation;

/// <summary>Which metric judges a model.</summary>
public static class OutputMetrics
{
    /// <summary>
    /// What fits the model's task: AP50 for a detector with labelled boxes, and its agreement with the original for one without; mean IoU for segmentation, recall@1 for
    /// embeddings, the mean absolute error for regression; else top-1. Of a model whose outputs nothing is known of and that has no labels, SI-SDR is told.
    /// </summary>
    /// <param name="model">The model, and what its outputs mean.</param>
    /// <param name="detections">Reads the objects that the model finds; null for a model that finds none.</param>
    /// <param name="samples">What it will be judged on.</param>
    public static IOutputMetric For(DataModel model, DetectionReader? detections, DataSet samples)
    {
        if (detections is not null)
            return samples.HasBoxes ? new DetectionAccuracyMeter(detections) : new DetectionAgreementMeter(detections);
        return model.Task switch
        {
            ModelTask.Segmentation when model.OutputOf(OutputKind.ClassMap) is { } map => new SegmentationMeter(map),
            ModelTask.Embedding when (model.OutputOf(OutputKind.Embedding) ?? model.Meanings.FirstOrDefault()) is { } vector => new EmbeddingMeter(vector.Value.Name, samples.Count),
            ModelTask.Regression when model.OutputOf(OutputKind.Value) is { } prediction => new RegressionMeter(prediction.Value.Name),
            ModelTask.Raw when !samples.IsLabelled => new SignalMeter(model.Inputs.Select(input => input.State).OfType<string>().ToHashSet(StringComparer.Ordinal)),
            _ => new Top1AccuracyMeter(model.Scores),
        };
    }

    /// <summary>Agreement with the original, which needs no labels: of what is found for a detector, else of the best class.</summary>
    public static IOutputMetric Agreement(DetectionReader? detections) =>
        detections is null ? new Top1AgreementMeter() : new DetectionAgreementMeter(detections);
}
