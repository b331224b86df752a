using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Robustness;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Robustness;

public sealed class SeenImageTests
{
    [Theory]
    [InlineData("shortSide:50", 200, 50)]
    [InlineData("letterbox:100:0", 100, 25)]
    [InlineData("stretch:40x40", 160, 40)]
    [InlineData("shortSide:100", 400, 100)]
    [InlineData("shortSide:300", 400, 100)]
    [InlineData("none", 400, 100)]
    public void IsNoLargerThanTheModelSeesIt(string resize, int width, int height)
    {
        var source = new SourceImage("set", "set/photo.png", new RgbImage(new byte[3 * 400 * 100], 400, 100)) { Known = new Sample("photo.png", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = 3, Boxes = [new LabelledBox(1, new BoundingBox(40, 20, 80, 60))] } };

        var seen = SeenImage.Of(source, ImageGrammar.Resize(resize)!);

        (seen.Name, seen.Label, seen.Image.Width, seen.Image.Height).ShouldBe(("photo.png", 3, width, height));
        var share = width / 400f;
        seen.Boxes!.ShouldHaveSingleItem().Box.ShouldBe(new BoundingBox(40 * share, 20 * share, 80 * share, 60 * share));
    }
}
