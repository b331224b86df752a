namespace ModelCompiler.Tests;

public class BenchTests
{
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
