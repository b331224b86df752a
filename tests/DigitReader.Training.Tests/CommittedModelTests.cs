using DigitReader.Training.Drawing;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace DigitReader.Training.Tests;

/// <summary>The model that samples/DigitReader ships, judged on digits that people wrote.</summary>
public class CommittedModelTests(ITestOutputHelper output)
{
    private const int PixelCount = DigitPainter.Side * DigitPainter.Side;
    private static readonly string ModelPath = Repository.PathOf("samples", "DigitReader", "Models", "digits.onnx");

    [Fact]
    public void FitsInto500Kilobytes() => new FileInfo(ModelPath).Length.ShouldBeLessThan(500_000);

    [Fact]
    public void ReadsHandwritingOfPeople()
    {
        var images = IdxFile.Read(Repository.SharedData("mnist", "t10k-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(Repository.SharedData("mnist", "t10k-labels-idx1-ubyte.gz"));
        images.Dims.ShouldBe([labels.Dims[0], DigitPainter.Side, DigitPainter.Side]);

        var pixels = Array.ConvertAll(images.Elements, value => value / 255f);
        var right = CountRight(pixels, labels.Elements);
        output.WriteLine($"{right} of {labels.Elements.Length} handwritten digits read right");
        ((double)right / labels.Elements.Length).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void ReadsNewDrawings()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => (byte)(i % 10)).ToArray();
        var pixels = new float[labels.Length * PixelCount];
        for (var i = 0; i < labels.Length; i++)
            DigitPainter.Paint(labels[i], RandomSource.ForSample(4711, i), pixels.AsSpan(i * PixelCount, PixelCount));
        CountRight(pixels, labels).ShouldBeGreaterThanOrEqualTo(960);
    }

    private static int CountRight(float[] pixels, byte[] labels)
    {
        const int batch = 500;
        using var model = OrtModel.Load(ModelPath);
        var right = 0;
        for (var first = 0; first < labels.Length; first += batch)
        {
            var count = Math.Min(batch, labels.Length - first);
            var image = Tensor.Of(pixels.AsSpan(first * PixelCount, count * PixelCount).ToArray(), count, 1, DigitPainter.Side, DigitPainter.Side);
            var probabilities = model.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["image"] = image })["probabilities"].ToFloats();
            right += probabilities.Chunk(10).Zip(labels.Skip(first)).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        }

        return right;
    }
}
