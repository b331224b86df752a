namespace ModelCompiler.Contract;

/// <summary>Recognises a detection head by the shapes of the outputs, where only one reading of them makes sense.</summary>
/// <param name="signature">Of the model.</param>
/// <param name="images">For each input its image, or null where it is none.</param>
/// <param name="labels">Number of labels; 0 where they are not known.</param>
internal sealed class DetectionGuess(ModelSignature signature, IReadOnlyList<ImageInput?> images, int labels)
{
    /// <summary>Fewer boxes than any detector with a box for each anchor has: what is shorter is a list of results, or something else.</summary>
    private const int FewestAnchors = 64;

    private static readonly EquatableArray<int>[] Grids = [new([8, 16, 32]), new([8, 16, 32, 64])];

    /// <summary>For each output its kind and format, with what is still open left null; null where the shapes show no head.</summary>
    public IReadOnlyList<ManifestOutput>? Find(IReadOnlyList<ManifestOutput> outputs)
    {
        var tables = outputs.Where(output => output.Value.Shape is { Count: 3 }).Select(DetectionTable.Of).OfType<DetectionTable>().ToArray();
        var found = OneTable(tables) ?? TwoTables(tables);
        return found is null ? null : [.. outputs.Select(output => found.FirstOrDefault(table => table.Value.Name == output.Value.Name) ?? output)];
    }

    private ManifestOutput[]? OneTable(DetectionTable[] tables)
    {
        if (InputSize() is not var (width, height))
            return null;
        foreach (var strides in Grids)
        {
            var cells = strides.Sum(stride => width / stride * (height / stride));
            if (cells < FewestAnchors)
                return null;
            var found = tables.Select(table => Read(table, cells, strides)).OfType<ManifestOutput>().ToArray();
            if (found.Length > 0)
                return found.Length == 1 ? found : null;
        }
        return null;
    }

    private ManifestOutput? Read(DetectionTable table, long cells, EquatableArray<int> strides)
    {
        var (a, b) = (table.First, table.Second);
        if (b == cells && a > 4 && a != cells)
            return Detections(table, DetectionPresets.Of(new(), DetectionLayout.Yolov8));
        if (a == 3 * cells && b > 5)
            return Detections(table, DetectionPresets.Of(new(), DetectionLayout.Yolov5) with { HasObjectness = HasObjectness(b) });
        // One box a cell: offsets from the cell (YOLOX) or decoded by the model (YOLOv6), which only the numbers tell.
        if (a == cells && b > 5)
            return Detections(table, new DetectionFormat(null, null, HasObjectness(b), IsColumnsFirst: false, Background: null, strides));
        return null;
    }

    /// <summary>Boxes of four numbers, and as many rows of scores.</summary>
    private ManifestOutput[]? TwoTables(DetectionTable[] tables)
    {
        if (images.Count(image => image is not null) != 1 && signature.Inputs.Count(ImageShape.CanBe) != 1)
            return null;
        var pairs =
            from boxes in tables
            where (boxes.First == 4 || boxes.Second == 4) && boxes.First != boxes.Second
            let anchors = Math.Max(boxes.First, boxes.Second)
            where anchors >= FewestAnchors
            from scores in tables
            where scores.Name != boxes.Name && (scores.First == anchors) != (scores.Second == anchors)
            let classes = scores.First == anchors ? scores.Second : scores.First
            where classes >= 1 && classes != 4 && classes < anchors
            select new[] { Boxes(boxes), Scores(scores, anchors) };
        var found = pairs.Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    private bool HasObjectness(long columns) => labels == 0 || columns != labels + 4;

    private (int Width, int Height)? InputSize()
    {
        var sizes = signature.Inputs
            .Select((input, i) => ImageShape.CanBe(input) && (images[i]?.Layout ?? ImageShape.LayoutOf(input)) is { } layout ? ImageShape.Of(input, layout) : null)
            .OfType<ImageShape>()
            .ToArray();
        return sizes.Length == 1 && sizes[0] is { Width: { } width, Height: { } height } ? (width, height) : null;
    }

    private static ManifestOutput Detections(DetectionTable table, DetectionFormat format) => table.Output with { Kind = OutputKind.Detections, Detection = format };

    private static ManifestOutput Boxes(DetectionTable table) =>
        table.Output with { Kind = OutputKind.Boxes, Detection = DetectionPresets.Of(new(), null) with { IsColumnsFirst = table.First == 4 } };

    private static ManifestOutput Scores(DetectionTable table, long anchors) =>
        table.Output with { Kind = OutputKind.Scores, Detection = DetectionPresets.Of(new(), null) with { IsColumnsFirst = table.Second == anchors } };
}
