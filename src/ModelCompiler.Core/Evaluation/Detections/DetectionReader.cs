using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Detections;

/// <summary>Reads what a detector finds from its raw outputs: decoded, one box an object, best first.</summary>
/// <param name="Boxes">The output with boxes, and with scores where there is no other.</param>
/// <param name="Scores">The output with the scores; null where they stand beside the boxes.</param>
/// <param name="Head">What the numbers are.</param>
public sealed record DetectionReader(AnchorOutput Boxes, AnchorOutput? Scores, DetectionHead Head)
{
    /// <summary>Low enough to reach the end of the precision-recall curve.</summary>
    public const float LeastScore = 0.005f;

    /// <summary>Boxes of one class that overlap by more are the same object: what YOLOX's own evaluation uses.</summary>
    private const float SameObject = 0.65f;

    /// <summary>Of a picture, as COCO's evaluation allows.</summary>
    private const int MostBoxes = 100;

    /// <summary>What was found in a sample of one image: in the picture's pixels, or in those of the model's input where there is no picture.</summary>
    public IReadOnlyList<ScoredBox> Read(Sample sample, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var (width, height) = ImageSize.Of(sample);
        var boxes = Boxes.Table(outputs);
        var found = new List<ScoredBox>();
        if (Scores is { } scores)
            Head.Decode(boxes, scores.Table(outputs), width, height, LeastScore, found);
        else
            Head.Decode(boxes, width, height, LeastScore, found);
        NonMaximumSuppression.Apply(found, SameObject, MostBoxes);
        return sample.Picture is { } picture
            ? found.ConvertAll(box => box with { Box = box.Box.ToSource(picture.Geometry, picture.Width, picture.Height) })
            : found;
    }

    /// <summary>Number of classes, background included.</summary>
    public int Classes(IReadOnlyDictionary<string, Tensor> outputs)
    {
        var columns = (Scores ?? Boxes).Columns(outputs);
        return columns - (Scores is null ? 4 : 0) - (Head.HasObjectness ? 1 : 0);
    }
}
