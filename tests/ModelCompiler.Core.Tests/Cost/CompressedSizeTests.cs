using System.Runtime.InteropServices;
using ModelCompiler.Cost;

namespace ModelCompiler.Tests.Cost;

public sealed class CompressedSizeTests
{
    [Fact]
    public void ZerosAmongWeightsMakeAFileSmall()
    {
        var dense = CompressedSize.Of(Weights(share: 0));
        var sparse = CompressedSize.Of(Weights(share: 0.5));

        ((double)sparse / dense).ShouldBeInRange(0.5, 0.65);
        CompressedSize.Of(new byte[100_000]).ShouldBeLessThan(500);
    }

    [Fact]
    public void IsTheSameForAFileAndItsBytes()
    {
        using var folder = new TestFolder();
        var path = folder.Write("weights.bin", Weights(share: 0.3));

        CompressedSize.OfFile(path).ShouldBe(CompressedSize.Of(File.ReadAllBytes(path)));
    }

    [Fact]
    public void NothingTakesNextToNothing() => CompressedSize.Of([]).ShouldBeLessThan(8);

    private static byte[] Weights(double share)
    {
        var random = new Random(1);
        var weights = Enumerable.Range(0, 50_000).Select(_ => random.NextDouble() < share ? 0f : (float)(random.NextDouble() - random.NextDouble())).ToArray();
        return MemoryMarshal.AsBytes(weights.AsSpan()).ToArray();
    }
}
