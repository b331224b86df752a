namespace DigitReader.Tests;

public class DigitFramingTests
{
    [Fact]
    public void TheLongerSideBecomes20Pixels()
    {
        var framed = DigitFraming.Frame(Photo.Of(200, 150, (x, y) => x is >= 30 and < 50 && y is >= 20 and < 120 ? 30f : 220f));
        Rows(framed).Count(row => row.Any(value => value > 200)).ShouldBe(20);
        Rows(framed).Max(row => row.Count(value => value > 200)).ShouldBe(4, "the ink is a fifth as wide as it is high");
    }

    [Fact]
    public void TheCentreOfMassComesToTheMiddle()
    {
        // An L: its mass lies low and left, so the box moves up and right.
        var framed = DigitFraming.Frame(Photo.Of(100, 100, (x, y) => x is >= 10 and < 90 && y is >= 10 and < 90 && (x < 26 || y >= 74) ? 255f : 0f));
        Mean(framed, i => i % DigitFraming.Side).ShouldBe(13.5, 0.6);
        Mean(framed, i => i / DigitFraming.Side).ShouldBe(13.5, 0.6);
    }

    [Fact]
    public void AnEmptySheetGivesAnEmptyFrame() =>
        DigitFraming.Frame(Photo.Of(50, 50, (_, _) => 210f)).ShouldAllBe(value => value == 0);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 2)]
    public void OddlyShapedPhotosAreFramedToo(int width, int height) =>
        DigitFraming.Frame(Photo.Of(width, height, (x, y) => ((x * 7) + (y * 13)) % 256)).Length.ShouldBe(DigitFraming.Side * DigitFraming.Side);

    private static IEnumerable<byte[]> Rows(byte[] framed) => framed.Chunk(DigitFraming.Side);

    private static double Mean(byte[] framed, Func<int, int> coordinate) =>
        Enumerable.Range(0, framed.Length).Sum(i => (double)framed[i] * coordinate(i)) / framed.Sum(value => (double)value);
}
