namespace ModelCompiler;

/// <summary>How a detector's raw outputs become boxes: the layout of its head, as data.</summary>
/// <remarks>The classes follow the box and, where there is one, the objectness. Every anchor gives at most one box, that of its best class.</remarks>
public sealed record DetectionHead
{
    /// <summary>What the four numbers of a box are.</summary>
    public BoxForm Boxes { get; init; }

    /// <summary>True where a box's numbers are shares of the input's width and height, false where they are its pixels. A grid knows neither.</summary>
    public bool IsRelative { get; init; }

    /// <summary>True where a number before the classes says whether there is any object: scores are multiplied by it.</summary>
    public bool HasObjectness { get; init; }

    /// <summary>The class that stands for "nothing here"; null where there is none.</summary>
    public int? Background { get; init; }

    /// <summary>Pixels of a cell, for each level of a grid in the order of the rows.</summary>
    public IReadOnlyList<int> Strides { get; init; } = [];

    /// <summary>Adds the boxes of an output that holds boxes and scores, in pixels of the model's input.</summary>
    /// <inheritdoc cref="Decode(AnchorTable, AnchorTable, int, int, float, ICollection{ScoredBox})"/>
    public void Decode(AnchorTable output, int width, int height, float leastScore, ICollection<ScoredBox> found) =>
        Decode(output, output.From(4), width, height, leastScore, found);

    /// <summary>Adds the boxes of two outputs, in pixels of the model's input. What is not finite is left out.</summary>
    /// <param name="boxes">Four columns.</param>
    /// <param name="scores">The objectness where there is one, then a column for each class.</param>
    /// <param name="width">Width of the model's input.</param>
    /// <param name="height">Height of the model's input.</param>
    /// <param name="leastScore">Boxes below are left out.</param>
    /// <param name="found">Receives the boxes in the order of the rows.</param>
    /// <exception cref="ArgumentException">The grid of that input has another number of cells than there are rows.</exception>
    public void Decode(AnchorTable boxes, AnchorTable scores, int width, int height, float leastScore, ICollection<ScoredBox> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (boxes.Rows != scores.Rows || (Boxes == BoxForm.Grid && GridCell.Count(Strides, width, height) != boxes.Rows))
            throw new ArgumentException($"{boxes.Rows} boxes and {scores.Rows} scores do not fit an input of {width}×{height} pixels.", nameof(boxes));
        for (var row = 0; row < boxes.Rows; row++)
        {
            var (label, score) = Best(scores, row, leastScore);
            if (!(score >= leastScore))   // NaN is left out too
                continue;
            var box = BoxAt(boxes, row, width, height);
            if (float.IsFinite(box.Left + box.Top + box.Right + box.Bottom))
                found.Add(new ScoredBox(box, label, score));
        }
    }

    private (int Class, float Score) Best(AnchorTable scores, int row, float leastScore)
    {
        var objectness = HasObjectness ? scores[row, 0] : 1;
        if (!(objectness >= leastScore))   // a class's score is at most 1: no need to look at them
            return (0, 0);
        var first = HasObjectness ? 1 : 0;
        var (best, label) = (float.NegativeInfinity, 0);
        for (var column = first; column < scores.Columns; column++)
        {
            if (scores[row, column] > best && column - first != Background)
                (best, label) = (scores[row, column], column - first);
        }

        return (label, best * objectness);
    }

    private BoundingBox BoxAt(AnchorTable boxes, int row, int width, int height)
    {
        var (a, b, c, d) = (boxes[row, 0], boxes[row, 1], boxes[row, 2], boxes[row, 3]);
        if (Boxes == BoxForm.Grid)
        {
            var cell = GridCell.At(Strides, width, height, row);
            return BoundingBox.Around((cell.Column + a) * cell.Stride, (cell.Row + b) * cell.Stride, MathF.Exp(c) * cell.Stride, MathF.Exp(d) * cell.Stride);
        }

        if (IsRelative)
            (a, b, c, d) = (a * width, b * height, c * width, d * height);
        return Boxes == BoxForm.Center ? BoundingBox.Around(a, b, c, d) : new BoundingBox(a, b, c, d);
    }
}
