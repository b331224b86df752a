using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>AP50 against the labelled boxes of pictures. A sample without boxes is not counted.</summary>
public sealed class DetectionAccuracyMeter(DetectionReader reader) : IOutputMetric
{
    private readonly AveragePrecision _original = new();
    private readonly AveragePrecision _compiled = new();

    /// <exception cref="Contract.DiagnosticException">MC0011: a box is of a class that the model does not have.</exception>
    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (sample.Boxes is not { } boxes)
            return;
        CheckClasses(sample.Name, boxes, reader.Classes(original));
        var found = reader.Read(sample, original);
        _original.Add(boxes, found);
        _compiled.Add(boxes, ReferenceEquals(original, compiled) ? found : reader.Read(sample, compiled));
    }

    public Accuracy? Result() => _original.Objects == 0 ? null : new DetectionAccuracy("AP50", _original, _compiled);

    private static void CheckClasses(string name, IReadOnlyList<LabelledBox> boxes, int classes)
    {
        foreach (var box in boxes)
        {
            if (box.Class >= classes)
                throw DataSet.DoesNotFit(name, string.Create(CultureInfo.InvariantCulture, $"a box is of class {box.Class}, but the model has {classes} classes, 0 to {classes - 1}"));
        }
    }
}
