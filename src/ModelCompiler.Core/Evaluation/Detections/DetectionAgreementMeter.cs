using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>
/// How much of what the original finds the compiled model finds too: its AP50 with the original's confident detections taken for the objects that are there.
/// The original itself reaches 1.
/// </summary>
public sealed class DetectionAgreementMeter(DetectionReader reader) : IOutputMetric
{
    /// <summary>What a detector is this sure of, an app shows.</summary>
    private const float Confident = 0.3f;

    /// <summary>Of fewer objects a single one that is missed weighs too much to say anything.</summary>
    private const int FewestObjects = 30;

    private readonly AveragePrecision _original = new();
    private readonly AveragePrecision _compiled = new();

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled) =>
        Add(reader.Read(sample, original), reader.Read(sample, compiled));

    /// <summary>Adds what both models find in a picture.</summary>
    internal void Add(IReadOnlyList<ScoredBox> wanted, IReadOnlyList<ScoredBox> found)
    {
        LabelledBox[] objects = [.. wanted.Where(box => box.Score >= Confident).Select(box => new LabelledBox(box.Class, box.Box))];
        _original.Add(objects, wanted);
        _compiled.Add(objects, found);
    }

    /// <summary>Null also where the original is sure of too few objects.</summary>
    public Accuracy? Result() =>
        _original.Objects < FewestObjects ? null : new ResampledAccuracy("detection agreement", new PairedFigure(_original.Images, _original.Mean, _compiled.Mean) { Least = 0, Most = 1 }) { IsAgreement = true };
}
