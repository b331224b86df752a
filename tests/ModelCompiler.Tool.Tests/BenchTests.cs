using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace ModelCompiler.Tests;

public class BenchTests
{
    /// <summary>The profile of this machine, on which times are measured.</summary>
    private static string Host => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    [Fact]
    public void MeasuresModelsInTurn()
    {
        using var folder = new TestFolder();
        var first = TinyModels.Linear(folder.File("first.onnx"));
        var second = TinyModels.Linear(folder.File("second.onnx"), scale: 2);

        var run = Modelc.Run("bench", first, "--vs", second, "--vs", first, "--threads", "2", "--json").ShouldSucceed();

        run.Error.ShouldBeEmpty();
        run.Json.GetProperty("threads").GetInt32().ShouldBe(2);
        run.Json.GetProperty("runs").GetInt32().ShouldBeGreaterThanOrEqualTo(16);
        var models = run.Json.GetProperty("models").EnumerateArray().ToArray();
        models.Select(model => model.GetProperty("path").GetString()).ShouldBe([first, second, first]);
        models[0].GetProperty("ratioToFirst").GetDouble().ShouldBe(1);
        models.ShouldAllBe(model => model.GetProperty("medianUs").GetDouble() >= 0 && model.GetProperty("loadMs").GetDouble() > 0);
    }

    /// <summary>The figures of a report are those of its files: sizes and hash to the byte, times by the same rules.</summary>
    [Fact]
    public void MeasuresTheFilesOfAReportByTheRulesOfTheReport()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Saturating(folder.File("m.onnx"));
        var samples = Npz.Write(folder.File("x.npz"), "x", rows: 8, columns: 3 * 64);
        var report = Modelc.Run("compile", model, "--profile", Host, "-o", folder.File("out"), "--precision", "int8-weights", "--calibration", samples, "--json").ShouldSucceed().Json;
        var compiled = report.GetProperty("compiled");
        var asset = compiled.GetProperty("path").GetString()!;

        var bench = Modelc.Run("bench", model, "--vs", asset, "--json").ShouldSucceed().Json;

        report.GetProperty("original").GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(model).Length);
        compiled.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(asset).Length);
        compiled.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(asset))));
        var models = bench.GetProperty("models").EnumerateArray().ToArray();
        models.Select(benched => benched.GetProperty("path").GetString()).ShouldBe([model, asset]);
        models[0].GetProperty("ratioToFirst").GetDouble().ShouldBe(1);
        models.ShouldAllBe(benched => benched.GetProperty("ratioToFirst").GetDouble() > 0);
        models.ShouldAllBe(benched => (benched.GetProperty("p90Us").ValueKind == JsonValueKind.Null) == (bench.GetProperty("runs").GetInt32() < 64));
        var latency = report.GetProperty("latency");
        latency.GetProperty("threads").GetInt32().ShouldBe(bench.GetProperty("threads").GetInt32());
        latency.GetProperty("runs").GetInt32().ShouldBeGreaterThanOrEqualTo(16);
        foreach (var figure in new[] { "originalUs", "compiledUs", "ratio" })
            latency.GetProperty(figure).GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void SaysOnStderrWhatItIsDoing()
    {
        using var folder = new TestFolder();

        var run = Modelc.Run("bench", TinyModels.Linear(folder.File("linear.onnx"))).ShouldSucceed();

        run.ErrorLines.ShouldContain("measuring");
        run.Out.ShouldContain("interleaved runs of each, 1 thread");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void RefusesAThreadCountThatIsNone(string threads) =>
        Modelc.Run("bench", "a.onnx", "--threads", threads).ShouldFailWith("MC0015", exitCode: 2).ShouldContain("at least 1");
}
