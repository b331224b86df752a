using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class PatternDataSetTests
{
    [Fact]
    public void NoiseOneColourAndCheckersComeInTurn()
    {
        var pictures = Pictures();

        pictures.Select(picture => picture.Length).ShouldAllBe(length => length == 3 * 8 * 8);
        foreach (var (i, picture) in pictures.Index())
        {
            var colours = Enumerable.Range(0, 64).Select(pixel => (picture[pixel], picture[64 + pixel], picture[128 + pixel])).Distinct().Count();
            (i % 3 == 0 ? colours > 50 : i % 3 == 1 ? colours == 1 : colours <= 2).ShouldBeTrue($"picture {i} has {colours} colours");
        }
    }

    [Fact]
    public void TheyAreTheSameEveryTime() => Pictures().ShouldBe(Pictures());

    private static float[][] Pictures()
    {
        var input = Models.Image(Models.Rgb, 1, 3, 8, 8).Inputs[0];
        return [.. new PatternDataSet(input, [1, 3, 8, 8], 12).Samples().Select(sample => sample.Inputs[input.Value.Name].ToFloats())];
    }
}
