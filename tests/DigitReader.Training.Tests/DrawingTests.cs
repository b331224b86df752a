using System.Numerics;
using DigitReader.Training.Drawing;

namespace DigitReader.Training.Tests;

public class DrawingTests
{
    public static TheoryData<int> Digits => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Digits))]
    public void KnowsSeveralWaysOfWritingEveryDigit(int digit) => SkeletonLibrary.Default[digit].Count().ShouldBeGreaterThanOrEqualTo(5);

    [Fact]
    public void ReadsStrokesAndCorners()
    {
        var skeleton = Skeleton.Parse("7 1.5  0,0 60,2! 30,100 / 10,50 50,50");
        skeleton.Digit.ShouldBe(7);
        skeleton.Weight.ShouldBe(1.5f);
        skeleton.Strokes.Select(stroke => stroke.Count).ShouldBe([3, 2]);
        skeleton.Strokes[0][1].ShouldBe(new PenPoint(new Vector2(0.6f, 0.02f), IsCorner: true));
        skeleton.Strokes[0][2].IsCorner.ShouldBeFalse();
    }

    [Fact]
    public void ASeedNamesOneDataSet()
    {
        Paint(4, seed: 9, index: 5).ShouldBe(Paint(4, seed: 9, index: 5));
        Paint(4, seed: 9, index: 5).ShouldNotBe(Paint(4, seed: 9, index: 6));
        Paint(4, seed: 9, index: 5).ShouldNotBe(Paint(4, seed: 8, index: 5));
    }

    [Theory]
    [MemberData(nameof(Digits))]
    public void EveryPictureHoldsInkWithinItsRange(int digit)
    {
        for (var i = 0; i < 100; i++)
        {
            var image = Paint(digit, seed: 3, index: i);
            image.ShouldAllBe(value => value >= 0f && value <= 1f);
            image.Sum().ShouldBeInRange(10f, 400f);
        }
    }

    [Fact]
    public void TheCentreOfMassLiesInTheMiddle()
    {
        var offsets = Enumerable.Range(0, 400).Select(i => Vector2.Distance(CentreOfMass(Paint(i % 10, seed: 5, index: i)), new Vector2(14f))).ToList();
        offsets.Count(offset => offset < 0.8f).ShouldBeGreaterThan(260, "three quarters are centred, the others deliberately moved");
        offsets.Max().ShouldBeLessThan(7f);
    }

    [Fact]
    public void PhotosVaryInSizeAndShowBothInkAndGround()
    {
        var photos = Enumerable.Range(0, 20).Select(i => PhotoPainter.Paint(i % 10, RandomSource.ForSample(1, i))).ToList();
        photos.Select(photo => (photo.Width, photo.Height)).Distinct().Count().ShouldBeGreaterThan(15);
        photos.ShouldAllBe(photo => photo.Pixels.Max() - photo.Pixels.Min() > 80);
    }

    private static float[] Paint(int digit, int seed, int index)
    {
        var image = new float[DigitPainter.Side * DigitPainter.Side];
        DigitPainter.Paint(digit, RandomSource.ForSample(seed, index), image);
        return image;
    }

    private static Vector2 CentreOfMass(float[] image)
    {
        var sum = Vector3.Zero;
        for (var i = 0; i < image.Length; i++)
            sum += image[i] * new Vector3((i % DigitPainter.Side) + 0.5f, (i / DigitPainter.Side) + 0.5f, 1f);
        return new Vector2(sum.X, sum.Y) / sum.Z;
    }
}
