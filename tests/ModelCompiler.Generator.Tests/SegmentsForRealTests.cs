using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Generated segmentation classes, run by ONNX Runtime. The scores of the models are the colours of the image: red is class 0, green 1, blue 2.</summary>
public class SegmentsForRealTests
{
    private const string Pixels = """
        static byte[] Pixels(string colors)
        {
            var bytes = new byte[colors.Length * 3];
            for (var i = 0; i < colors.Length; i++)
                bytes[i * 3 + "rgb".IndexOf(colors[i])] = 200;
            return bytes;
        }
        """;

    [Fact]
    public void ScoresByClassOfALetterboxedImage()
    {
        var model = new TinyModel().Input("photo", TinyModel.Float, 1, 3, 4, 4).Output("scores", TinyModel.Float, 1, 3, 4, 4).Node("Identity", ["photo"], "scores").ToBytes();

        var answer = (string)RealRun.Of(
            $$"""
            public static string Answer(byte[] model)
            {
                using var roads = Roads.Load(model);
                var image = PixelBuffer.Rgb(Pixels("rrgbbrrr"), 4, 2);
                var mask = roads.Segment(image);
                var overlay = mask.Overlay(image, 1);
                return System.FormattableString.Invariant($"{string.Join("", mask.Classes.ToArray())} {mask[2, 0]} {mask[3, 0] == RoadsLabel.Sky} {mask.Share(RoadsLabel.Road)} {mask.Unseen} {overlay.Length} {overlay[8]}");
            }

            {{Pixels}}
            """, SegmentationManifests.Roads, model);

        answer.ShouldBe("00122000 SideWalk True 0.625 0 32 128");
    }

    [Fact]
    public void ScoresByPixelOfAnySize()
    {
        object[] open = ["n", "height", "width", 3];
        var model = new TinyModel().Input("photo", TinyModel.Float, open).Output("scores", TinyModel.Float, open).Node("Identity", ["photo"], "scores").ToBytes();

        var answer = (string)RealRun.Of(
            $$"""
            public static string Answer(byte[] model)
            {
                using var scenes = Scenes.Load(model);
                return string.Join("", scenes.Segment(PixelBuffer.Rgb(Pixels("rgbbgr"), 3, 2)).Classes.ToArray()) + " " + string.Join("", scenes.Segment(PixelBuffer.Rgb(Pixels("gb"), 1, 2)).Classes.ToArray());
            }

            {{Pixels}}
            """, SegmentationManifests.Scenes, model);

        answer.ShouldBe("012210 12");
    }

    [Fact]
    public void TheProbabilityOfTheForeground()
    {
        var model = new TinyModel().Input("photo", TinyModel.Float, 1, 1, 2, 3).Output("alpha", TinyModel.Float, 1, 1, 2, 3).Node("Sigmoid", ["photo"], "alpha").ToBytes();

        var answer = (string)RealRun.Of(
            """
            public static string Answer(byte[] model)
            {
                using var portrait = Portrait.Load(model);
                var mask = portrait.Segment(PixelBuffer.Gray(new byte[] { 99, 100, 101, 0, 255, 102 }, 3, 2));
                return System.FormattableString.Invariant($"{string.Join("", mask.Classes.ToArray())} {mask.Share(PortraitLabel.Person)}");
            }
            """, SegmentationManifests.Portrait, model);

        answer.ShouldBe("001011 0.5");
    }

    [Fact]
    public void IndicesBehindACrop()
    {
        var model = new TinyModel().Input("slide", TinyModel.Float, 3, 4, 4).Output("classes", TinyModel.Int64, 1, 4, 4).Node("ArgMax", ["slide"], "classes").ToBytes();

        var answer = (string)RealRun.Of(
            $$"""
            public static string Answer(byte[] model)
            {
                using var tissue = Tissue.Load(model);
                var mask = tissue.Segment(PixelBuffer.Rgb(Pixels("brgbrbbrrbbgggggbgbrgrgb"), 6, 4));
                return $"{mask[0, 0] is null} {mask[1, 0]}{mask[2, 0]}{mask[3, 0]}{mask[4, 0]} {mask[1, 3]}{mask[2, 3]}{mask[3, 3]}{mask[4, 3]} {mask.Classes[0] == SegmentationMask.Unseen}";
            }

            {{Pixels}}
            """, SegmentationManifests.Tissue, model);

        answer.ShouldBe("True 0120 0101 True");
    }

    [Fact]
    public void RawOutputsWhereTheMapIsNotKnown()
    {
        var model = new TinyModel().Input("photo", TinyModel.Float, 1, 3, 4, 4).Output("out", TinyModel.Float, 1, 3, 4, 4).Output("aux", TinyModel.Float, 1, 3, 4, 4)
            .Node("Identity", ["photo"], "out").Node("Neg", ["photo"], "aux").ToBytes();

        var answer = (string)RealRun.Of(
            $$"""
            public static string Answer(byte[] model)
            {
                using var parts = Parts.Load(model);
                var outputs = parts.Run(PixelBuffer.Rgb(Pixels("rgbrrgbrrgbrrgbr"), 4, 4));
                return $"{outputs.Out[0, 2, 0, 2]} {outputs.Aux[0, 2, 0, 2]}";
            }

            {{Pixels}}
            """, SegmentationManifests.Parts, model);

        answer.ShouldBe("200 -200");
    }
}
