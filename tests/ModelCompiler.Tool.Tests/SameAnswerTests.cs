namespace ModelCompiler.Tests;

/// <summary>An int8 model gives the same answer on x64 processors with and without VNNI.</summary>
public class SameAnswerTests
{
    private const string WithoutCare = """{ "extends": "linux-x64", "runtimeIdentifiers": ["linux-x64"], "quantization": { "weightBitsWhereSumsSaturate": null } }""";

    [Fact]
    public void KeepsItsSignalToNoiseWithoutVnni()
    {
        using var folder = new TestFolder();

        var (native, emulated) = Measure(folder, "linux-x64");

        native.ShouldBeGreaterThan(25);
        emulated.ShouldBe(native, 1);
    }

    /// <summary>Without it, the test above could not fail.</summary>
    [Fact]
    public void LosesItWhereTheProfileTakesNoCare()
    {
        using var folder = new TestFolder();
        var profile = folder.File("careless.json");
        File.WriteAllText(profile, WithoutCare);

        var (native, emulated) = Measure(folder, profile);

        Assert.SkipUnless(native > 25, "this processor has no VNNI itself");
        emulated.ShouldBeLessThan(native - 6);
    }

    [Theory]
    [InlineData("int8-dynamic")]
    [InlineData("int4-weights")]
    public void KeepsItsSignalToNoiseWhereRangesAreFoundAtEveryRun(string precision)
    {
        using var folder = new TestFolder();

        var (native, emulated) = MeasureProducts(folder, "linux-x64", precision);

        native.ShouldBeGreaterThan(20);
        emulated.ShouldBe(native, 1);
    }

    /// <summary>Without it, the test above could not fail.</summary>
    [Fact]
    public void LosesItWhereWeightsWithSuchRangesHaveEightBits()
    {
        using var folder = new TestFolder();
        var profile = folder.File("careless.json");
        File.WriteAllText(profile, WithoutCare);

        var (native, emulated) = MeasureProducts(folder, profile, "int8-dynamic");

        Assert.SkipUnless(native > 25, "this processor has no VNNI itself");
        emulated.ShouldBeLessThan(native - 6);
    }

    private static (double Native, double Emulated) Measure(TestFolder folder, string profile) =>
        Measure(folder, profile, "int8", TinyModels.Saturating(folder.File("m.onnx")), Npz.Write(folder.File("x.npz"), "x", rows: 8, columns: 3 * 64));

    private static (double Native, double Emulated) MeasureProducts(TestFolder folder, string profile, string precision) =>
        Measure(folder, profile, precision, TinyModels.SaturatingProducts(folder.File("m.onnx")), Npz.Write(folder.File("x.npz"), "x", rows: 8, columns: 16 * 256));

    private static (double Native, double Emulated) Measure(TestFolder folder, string profile, string precision, string original, string samples)
    {
        var compiled = Modelc.Run("compile", original, "--profile", profile, "-o", folder.File("out"), "--precision", precision, "--calibration", samples, "--json").ShouldSucceed();
        string[] evaluate = ["evaluate", compiled.Json.GetProperty("compiled").GetProperty("path").GetString()!, "--reference", original, "--data", samples, "--json"];
        return (Sqnr(Modelc.Run(evaluate)), Sqnr(EmulatedCpu.Run(evaluate)));
    }

    private static double Sqnr(ModelcRun run) => run.ShouldSucceed().Json.GetProperty("fidelity").GetProperty("sqnrDb").GetDouble();
}
