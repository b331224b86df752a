using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Tool.Build;

namespace ModelCompiler.Tests;

public class SummaryLineTests
{
    private static readonly CompileReport Quantized = new()
    {
        Model = "mobilenet.onnx",
        Profile = "android-arm64",
        Precision = "int8",
        Original = new ModelFacts(13_400_000, 3_500_000, 300_000_000),
        Compiled = new CompiledFacts("mobilenet.android-arm64.onnx", 3_600_000, 3_500_000, 300_000_000, ""),
        Passes = [],
        Accuracy = new AccuracyFacts("top1", 0.75, 0.747, 0.003, 500, [-0.01, 0.016], 0.7),
        Latency = new LatencyFacts(1000, 526, 1.9, 100, 1),
        Diagnostics = [],
    };

    [Fact]
    public void TellsPrecisionSizeAccuracyAndSpeed() =>
        SummaryLine.Of("mobilenet", Quantized).ShouldBe("mobilenet → android-arm64: int8, 13.4 → 3.6 MB, top-1 −0.3 (n=500), 1.9×");

    [Fact]
    public void TellsWhatWasPruned() =>
        SummaryLine.Of("net", Quantized with { Latency = null, Pruning = new PruningFacts("channels", "multiply-accumulates", 0.3, 0.313, []) })
            .ShouldBe("net → android-arm64: int8, 31 % fewer multiply-accumulates, 13.4 → 3.6 MB, top-1 −0.3 (n=500)");

    [Fact]
    public void LeavesOutWhatWasNotMeasured() =>
        SummaryLine.Of("mobilenet", Quantized with { Accuracy = null, Latency = null }).ShouldBe("mobilenet → android-arm64: int8, 13.4 → 3.6 MB");

    [Fact]
    public void TellsHowMuchAnErrorGrew() =>
        SummaryLine.Of("flats", Quantized with { Latency = null, Accuracy = new AccuracyFacts("MAE", 1200, 1204.8, 0.004, 500, [-0.01, 0.016], 0.7) { IsError = true } })
            .ShouldBe("flats → android-arm64: int8, 13.4 → 3.6 MB, MAE +0.4 % (n=500)");

    [Fact]
    public void TellsFidelityWhereThereIsNoAccuracy() =>
        SummaryLine.Of("net", Quantized with { Accuracy = null, Fidelity = new FidelityFacts(38.24, null, null, null, null, 16, []) })
            .ShouldBe("net → android-arm64: int8, 13.4 → 3.6 MB, signal to noise 38.2 dB (n=16), 1.9×");

    [Theory]
    [InlineData(-0.004, "top-1 +0.4")]
    [InlineData(0.0001, "top-1 ±0.0")]
    public void ShowsTheSignOfAChange(double drop, string expected) =>
        SummaryLine.Of("net", Quantized with { Accuracy = Quantized.Accuracy! with { Drop = drop } }).ShouldContain(expected);
}
