using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>Reads what a detector finds from its raw outputs: decoded, one box an object, best first.</summary>
/// <param name="Image">The input that is an image.</param>
/// <param name="IsChannelsLast">True where that input is [height, width, channels].</param>
/// <param name="Boxes">The output with boxes, and with scores where there is no other.</param>
/// <param name="Scores">The output with the scores; null where they stand beside the boxes.</param>
/// <param name="Head">What the numbers are.</param>
public sealed record DetectionReader(string Image, bool IsChannelsLast, DetectionOutput Boxes, DetectionOutput? Scores, DetectionHead Head)
{
    /// <summary>Low enough to reach the end of the precision-recall curve.</summary>
    public const float LeastScore = 0.005f;

    /// <summary>Boxes of one class that overlap by more are the same object: what YOLOX's own evaluation uses.</summary>
    private const float SameObject = 0.65f;

    /// <summary>Of an image, as COCO's evaluation allows.</summary>
    private const int MostBoxes = 100;

    /// <summary>What was found in a sample of one image, in pixels of the model's input.</summary>
    public IReadOnlyList<ScoredBox> Read(Sample sample, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var dims = sample.Inputs[Image].Dims;
        var (height, width) = IsChannelsLast ? (dims[^3], dims[^2]) : (dims[^2], dims[^1]);
        var boxes = Boxes.Table(outputs);
        var found = new List<ScoredBox>();
        if (Scores is { } scores)
            Head.Decode(boxes, scores.Table(outputs), (int)width, (int)height, LeastScore, found);
        else
            Head.Decode(boxes, (int)width, (int)height, LeastScore, found);
        NonMaximumSuppression.Apply(found, SameObject, MostBoxes);
        return found;
    }
}

/// <summary>An output that is a table with a row for each place where an object may be.</summary>
/// <param name="Name">The output.</param>
/// <param name="IsColumnsFirst">True for [columns, rows], false for [rows, columns].</param>
public sealed record DetectionOutput(string Name, bool IsColumnsFirst)
{
    internal AnchorTable Table(IReadOnlyDictionary<string, Tensor> outputs)
    {
        var output = outputs[Name];
        return new AnchorTable(output.ToFloats(), (int)(IsColumnsFirst ? output.Dims[^1] : output.Dims[^2]), IsColumnsFirst);
    }
}
