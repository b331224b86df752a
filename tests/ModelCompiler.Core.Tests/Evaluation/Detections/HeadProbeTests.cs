using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Detections;

/// <summary>What a model answers tells what its numbers are.</summary>
public sealed class HeadProbeTests
{
    private const int Side = 64;
    private static readonly int[] Strides = [8, 16, 32];
    private static readonly int Cells = GridCell.Count(Strides, Side, Side);
    private static readonly Sample Photo = new("photo", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["image"] = Tensor.Of(new float[3 * Side * Side], 1, 3, Side, Side) });
    private static readonly DetectionFormat Open = new(null, null, HasObjectness: false, IsColumnsFirst: false, null, default);

    [Fact]
    public void OffsetsFromCells() => OfCells((random, _) => (Within(random), Within(random), Within(random), Within(random))).Boxes.ShouldBe(BoxForm.Grid);

    [Fact]
    public void CentresInPixels()
    {
        var head = OfCells((random, cell) => ((cell.Column + Within(random)) * cell.Stride, (cell.Row + Within(random)) * cell.Stride, 20, 30));

        (head.Boxes, head.IsRelative).ShouldBe((BoxForm.Center, false));
    }

    [Fact]
    public void CentresAsShares()
    {
        var head = OfCells((random, cell) => ((cell.Column + Within(random)) * cell.Stride / Side, (cell.Row + Within(random)) * cell.Stride / Side, 0.2f, 0.3f));

        (head.Boxes, head.IsRelative).ShouldBe((BoxForm.Center, true));
    }

    [Fact]
    public void NumbersThatHaveNothingToDoWithCellsAreNotRead() =>
        Probe(Reader(null) with { Head = new DetectionHead { Strides = Strides } }, Open with { Strides = new(Strides) }, Table(Cells, random => [1000 * Within(random), 1000 * Within(random), 1, 1, 0.5f])).ShouldBeNull();

    [Fact]
    public void NotANumberIsNotRead() =>
        Probe(Reader(null) with { Head = new DetectionHead { Strides = Strides } }, Open with { Strides = new(Strides) }, Table(Cells, _ => [float.NaN, float.NaN, 1, 1, 0.5f])).ShouldBeNull();

    [Theory]
    [InlineData(1, true)]
    [InlineData(Side, false)]
    public void Corners(float unit, bool isRelative)
    {
        var head = OfBoxes(random => Corner(Within(random) * unit, Within(random) * unit, unit / 4)).ShouldNotBeNull();

        (head.Boxes, head.IsRelative).ShouldBe((BoxForm.Corners, isRelative));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(Side, false)]
    public void Centres(float unit, bool isRelative)
    {
        var head = OfBoxes(random => [Within(random) * unit, Within(random) * unit, unit / 4, unit / 5]).ShouldNotBeNull();

        (head.Boxes, head.IsRelative).ShouldBe((BoxForm.Center, isRelative));
    }

    [Fact]
    public void OffsetsFromAnchorsThatAreNotKnownAreNotRead() =>
        OfBoxes(random => [Within(random) - 0.5f, Within(random) - 0.5f, Within(random) - 0.5f, Within(random) - 0.5f]).ShouldBeNull();

    [Fact]
    public void ScoresThatSumToOneHaveABackground()
    {
        OfBoxes(random => Corner(Within(random), Within(random), 0.2f), _ => [0.1f, 0.2f, 0.7f])!.Background.ShouldBe(2);
        OfBoxes(random => Corner(Within(random), Within(random), 0.2f), _ => [0.1f, 0.2f, 0.1f])!.Background.ShouldBeNull();
    }

    [Fact]
    public void LogitsAreNotRead() => OfBoxes(random => Corner(Within(random), Within(random), 0.2f), _ => [-3, 5]).ShouldBeNull();

    private static float Within(Random random) => random.NextSingle();

    private static float[] Corner(float left, float top, float size) => [left, top, left + size, top + size];

    private static DetectionHead OfCells(Func<Random, GridCell, (float, float, float, float)> box)
    {
        var place = 0;
        var table = Table(Cells, random =>
        {
            var (a, b, c, d) = box(random, GridCell.At(Strides, Side, Side, place++));
            return [a, b, c, d, 0.5f];
        });
        return Probe(Reader(null) with { Head = new DetectionHead { Strides = Strides } }, Open with { Strides = new(Strides) }, table).ShouldNotBeNull();
    }

    private static DetectionHead? OfBoxes(Func<Random, float[]> box, Func<Random, float[]>? scores = null) =>
        Probe(Reader(new AnchorOutput("scores", IsColumnsFirst: false)), Open, Table(100, box), Table(100, scores ?? (random => [0.5f, Within(random)])));

    private static DetectionReader Reader(AnchorOutput? scores) => new(new AnchorOutput("boxes", IsColumnsFirst: false), scores, new DetectionHead());

    private static DetectionHead? Probe(DetectionReader reader, DetectionFormat format, Tensor boxes, Tensor? scores = null)
    {
        var outputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["boxes"] = boxes };
        if (scores is not null)
            outputs["scores"] = scores;
        return HeadProbe.Of(reader, format, Photo, outputs);
    }

    private static Tensor Table(int rows, Func<Random, float[]> row)
    {
        var random = new Random(3);
        float[][] values = [.. Enumerable.Range(0, rows).Select(_ => row(random))];
        return Tensor.Of(values.SelectMany(value => value).ToArray(), 1, rows, values[0].Length);
    }
}
