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

    /// <summary>Why the outputs cannot be read that way, or null where they can.</summary>
    internal string? Mistake(Sample sample, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var (width, height) = ImageSize.Of(sample);
        var rows = Boxes.Rows(outputs);
        if (Boxes.Columns(outputs) < 4 || (Scores is not null && Boxes.Columns(outputs) != 4))
            return FormattableString.Invariant($"a box has four numbers, and a row of it has {Boxes.Columns(outputs)}");
        if (Scores is not null && Scores.Rows(outputs) != rows)
            return FormattableString.Invariant($"there are {rows} boxes, and scores for {Scores.Rows(outputs)}");
        if (Classes(outputs) < 1 || (Head.Background is { } background && (background >= Classes(outputs) || Classes(outputs) < 2)))
            return FormattableString.Invariant($"that leaves {Classes(outputs)} numbers for the scores of classes");
        if (Head.Boxes == BoxForm.Grid && GridCell.Count(Head.Strides, width, height) != rows)
            return FormattableString.Invariant($"strides of {string.Join(", ", Head.Strides)} make {GridCell.Count(Head.Strides, width, height)} cells of {width}x{height} pixels, and there are {rows} boxes");
        return Head.IsRelative && width == 0 ? "boxes are relative to an image, and no input is one" : null;
    }

    /// <summary>Number of classes, background included.</summary>
    public int Classes(IReadOnlyDictionary<string, Tensor> outputs)
    {
        var columns = (Scores ?? Boxes).Columns(outputs);
        return columns - (Scores is null ? 4 : 0) - (Head.HasObjectness ? 1 : 0);
    }
}
