using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>AP50 against the labelled boxes of pictures. A sample without boxes is not counted.</summary>
public sealed class DetectionAccuracyMeter(DetectionReader reader) : IOutputMetric
{
    private readonly AveragePrecision _original = new();
    private readonly AveragePrecision _compiled = new();
    private readonly DetectionAgreementMeter _agreement = new(reader);

    /// <exception cref="Contract.DiagnosticException">MC0011: a box is of a class that the model does not have.</exception>
    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (sample.Boxes is not { } boxes)
            return;
        CheckClasses(sample.Name, boxes, reader.Classes(original));
        var wanted = reader.Read(sample, original);
        var found = ReferenceEquals(original, compiled) ? wanted : reader.Read(sample, compiled);
        _original.Add(boxes, wanted);
        _compiled.Add(boxes, found);
        _agreement.Add(wanted, found);
    }

    public Accuracy? Result() => _original.Objects == 0 ? null : new DetectionAccuracy("AP50", _original, _compiled, _agreement.Result()?.Compiled);

    private static void CheckClasses(string name, IReadOnlyList<LabelledBox> boxes, int classes)
    {
        foreach (var box in boxes)
        {
            if (box.Class >= classes)
                throw DataSet.DoesNotFit(name, string.Create(CultureInfo.InvariantCulture, $"a box is of class {box.Class}, but the model has {classes} classes, 0 to {classes - 1}"));
        }
    }
}
