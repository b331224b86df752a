using System.Globalization;

namespace ModelCompiler.Tests.Execution;

public class RealModelTests
{
    /// <summary>Decoding, colour order, crop and normalisation at once: each of them, done wrong, costs tens of points.</summary>
    [Fact]
    public void SqueezeNetRecognisesMostPhotos()
    {
        var model = SharedData.Require("models/squeezenet/squeezenet_fp32.onnx");
        var photos = SharedData.Require("images/imagenet-even");
        var preprocessing = new ImagePreprocessing
        {
            Channels = ChannelOrder.Bgr,
            Resize = Resizing.ShortSide(256),
            CenterCrop = 224,
            Mean = [103.94f, 116.78f, 123.68f],
        };
        var definition = new ModelDefinition("squeezenet")
        {
            Inputs = [TensorSpec.Of<float>("data_0", 1, 3, 224, 224)],
            Outputs = [TensorSpec.Of<float>("softmaxout_1", 1, 1000, 1, 1)],
        };
        using var session = ModelSession.Load(definition, ModelSource.File(model));

        var lines = File.ReadLines(Path.Combine(photos, "labels.tsv")).Where((_, index) => index % 10 == 0).Select(line => line.Split('\t')).ToArray();
        var right = lines.Count(line => Classify(session, preprocessing, Path.Combine(photos, line[0])) == int.Parse(line[1], CultureInfo.InvariantCulture));

        ((double)right / lines.Length).ShouldBeGreaterThan(0.5, $"{right} of {lines.Length}");
    }

    private static int Classify(ModelSession session, ImagePreprocessing preprocessing, string file)
    {
        using var call = session.Rent();
        call.SetImage(0, ImageDecoder.DecodeFile(file).Pixels, preprocessing);
        call.Run();
        return ClassScores.Best<int>(call.Output<float>(0), ScoreKind.Probabilities).Index;
    }
}
