using DigitReader.Training.Drawing;
using DigitReader.Training.Export;
using DigitReader.Training.Network;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace DigitReader.Training.Tests;

public class OnnxExportTests
{
    [Fact]
    public void TheModelComputesWhatTheNetworkComputes()
    {
        var network = DigitNetwork.Create(new RandomSource(1));
        var images = new Batch(1, 8, DigitPainter.Side, DigitPainter.Side);
        for (var i = 0; i < images.Samples; i++)
            DigitPainter.Paint(i, RandomSource.ForSample(1, i), images.Map(0, i));
        network.Forward(images); // gives the normalizations statistics of their own
        var expected = new float[images.Samples * 10];
        var scores = network.Infer(images);
        for (var i = 0; i < images.Samples; i++)
            SoftmaxLoss.Softmax(scores, i, expected.AsSpan(i * 10, 10));

        using var model = OnnxExport.ToModel(network);
        using var running = OrtModel.Load(OnnxWriter.ToBytes(model));
        var image = Tensor.Of(images.Values, images.Samples, 1, DigitPainter.Side, DigitPainter.Side);
        var actual = running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["image"] = image })["probabilities"].ToFloats();

        actual.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-5f);
    }

    [Fact]
    public void TheSameNetworkGivesTheSameBytes()
    {
        using var first = OnnxExport.ToModel(DigitNetwork.Create(new RandomSource(1)));
        using var second = OnnxExport.ToModel(DigitNetwork.Create(new RandomSource(1)));
        OnnxWriter.ToBytes(second).ShouldBe(OnnxWriter.ToBytes(first));
    }
}
