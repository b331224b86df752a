using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>AP50 against the labelled boxes of pictures, and AP50:95 beside it. A sample without boxes is not counted.</summary>
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

    public Accuracy? Result() => _original.Objects == 0 ? null : new ResampledAccuracy("AP50", Share(_original.Mean, _compiled.Mean), _agreement.Result()?.Compiled);

    public IReadOnlyList<Measurement> Beside()
    {
        if (_original.Objects == 0)
            return [];
        var overlaps = Measurement.Of("AP50:95", MeasureUnit.Share, higherIsBetter: true, Share(_original.MeanOverOverlaps, _compiled.MeanOverOverlaps));
        return _agreement.Result() is { } agreement ? [overlaps, Measurement.Of(agreement)] : [overlaps];
    }

    private PairedFigure Share(Func<ReadOnlySpan<int>, double?> original, Func<ReadOnlySpan<int>, double?> compiled) => new(_original.Images, original, compiled) { Least = 0, Most = 1 };

    private static void CheckClasses(string name, IReadOnlyList<LabelledBox> boxes, int classes)
    {
        foreach (var box in boxes)
        {
            if (box.Class >= classes)
                throw DataSet.DoesNotFit(name, string.Create(CultureInfo.InvariantCulture, $"a box is of class {box.Class}, but the model has {classes} classes, 0 to {classes - 1}"));
        }
    }
}
