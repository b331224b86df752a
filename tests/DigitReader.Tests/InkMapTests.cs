namespace DigitReader.Tests;

public class InkMapTests
{
    [Theory]
    [InlineData(220f, 40f)]
    [InlineData(30f, 230f)]
    public void FindsInkWhetherDarkOrLight(float ground, float ink)
    {
        var map = InkMap.Of(Photo.Of(60, 40, (x, y) => IsInBar(x, y) ? ink : ground));
        map.Bounds().ShouldBe((20, 10, 26, 30));
        map[22, 20].ShouldBe(1f);
        map[5, 5].ShouldBe(0f);
    }

    [Fact]
    public void UnevenLightIsNoInk()
    {
        var map = InkMap.Of(Photo.Of(60, 40, (x, y) => IsInBar(x, y) ? 60f : 120f + (2f * x)));
        map.Bounds().ShouldBe((20, 10, 26, 30));
    }

    [Fact]
    public void AnEmptySheetHoldsNoInk()
    {
        var map = InkMap.Of(Photo.Of(30, 20, (_, _) => 200f));
        map.Bounds().ShouldBe((0, 0, 30, 20));
        map[10, 10].ShouldBe(0f);
    }

    private static bool IsInBar(int x, int y) => x is >= 20 and < 26 && y is >= 10 and < 30;
}
