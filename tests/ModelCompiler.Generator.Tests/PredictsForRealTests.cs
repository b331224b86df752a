using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Generated regression classes, run by ONNX Runtime.</summary>
public class PredictsForRealTests
{
    [Fact]
    public void OneValueASample()
    {
        var model = new TinyModel().Input("features", TinyModel.Float, "batch", 2, 2).Output("price", TinyModel.Float, "batch").Node("Det", ["features"], "price").ToBytes();

        var answer = (string)RealRun.Of(
            """
            public static string Answer(byte[] model)
            {
                using var price = Price.Load(model);
                float one = price.Predict(new float[] { 2, 0, 0, 3 });
                float[] batch = price.PredictBatch(new float[] { 1, 0, 0, 1, 5, 0, 0, 5 }, 2);
                return $"{one} {string.Join(" ", batch)}";
            }
            """, RegressionManifests.Price, model);

        answer.ShouldBe("6 1 25");
    }

    [Fact]
    public void NamedValuesOfAnImage()
    {
        var model = new TinyModel().Input("face", TinyModel.Float, 1, 1, 1, 3).Output("angles", TinyModel.Float, 1, 3).Node("Flatten", ["face"], "angles").ToBytes();

        var answer = (string)RealRun.Of(
            """
            public static string Answer(byte[] model)
            {
                using var pose = Pose.Load(model);
                var seen = pose.Predict(PixelBuffer.Gray(new byte[] { 10, 20, 30 }, 3, 1));
                return $"{seen}; {seen[PoseLabel.Pitch]} {pose.Predict(new float[] { 1, 2, 3 })[PoseLabel.Roll]}";
            }
            """, RegressionManifests.Pose, model);

        answer.ShouldBe("Yaw 10, Pitch 20, Roll 30; 20 3");
    }

    [Fact]
    public void ValuesWithoutNames()
    {
        var model = new TinyModel().Input("options", TinyModel.Float, "batch", 4).Output("spread", TinyModel.Float, "batch", 4).Output("mean", TinyModel.Float, "batch", 4)
            .Node("Neg", ["options"], "spread").Node("Identity", ["options"], "mean").ToBytes();

        var answer = (string)RealRun.Of(
            """
            public static string Answer(byte[] model)
            {
                using var forecast = Forecast.Load(model);
                float[] one = forecast.Predict(new float[] { 1, 2, 3, 4 });
                var batch = forecast.PredictBatch(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, count: 2);
                return $"{string.Join(" ", one)}; {string.Join(" ", batch[1])}";
            }
            """, RegressionManifests.Forecast, model);

        answer.ShouldBe("1 2 3 4; 5 6 7 8");
    }

    [Fact]
    public void NamedValuesOfABatch()
    {
        var model = new TinyModel().Input("x", TinyModel.Float, "a", 2).Output("y", TinyModel.Float, "b", 2).Node("Identity", ["x"], "y").ToBytes();

        var answer = (string)RealRun.Of(
            """
            public static string Answer(byte[] model)
            {
                using var sizes = Sizes.Load(model);
                return $"{sizes.Predict(new float[] { 1, 2 })}; {sizes.PredictBatch(new float[] { 1, 2, 3, 4 }, 2)[1][SizesLabel.Height]}";
            }
            """, RegressionManifests.Sizes, model);

        answer.ShouldBe("Width 1, Height 2; 4");
    }

    [Fact]
    public void AScalar()
    {
        var model = new TinyModel().Input("features", TinyModel.Float, 2, 2).Output("rating", TinyModel.Float).Node("Det", ["features"], "rating").ToBytes();

        RealRun.Of("public static float Answer(byte[] model) { using var rating = Rating.Load(model); return rating.Predict(new float[] { 2, 0, 0, 2 }); }", RegressionManifests.Rating, model).ShouldBe(4f);
    }
}
