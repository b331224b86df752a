namespace ModelCompiler.Tests;

public class CompileTests
{
    [Fact]
    public void WritesTheModelAndPrintsItsReportAsJson()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));
        var output = folder.File("out");

        var run = Modelc.Run("compile", model, "--profile", "portable", "-o", output, "--precision", "fp32", "--json").ShouldSucceed();

        run.Json.GetProperty("profile").GetString().ShouldBe("portable");
        run.Json.GetProperty("precision").GetString().ShouldBe("fp32");
        run.Json.GetProperty("original").GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(model).Length);
        var asset = run.Json.GetProperty("compiled").GetProperty("path").GetString()!;
        asset.ShouldBe(Path.Combine(output, "linear.portable.onnx"));
        run.Json.GetProperty("compiled").GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(asset).Length);
        File.Exists(Path.Combine(output, "linear.portable.report.json")).ShouldBeTrue();
    }

    [Fact]
    public void ShowsPeopleWhatChangedAndALogWhatHappens()
    {
        using var folder = new TestFolder();

        var run = Modelc.Run("compile", TinyModels.Linear(folder.File("linear.onnx")), "--profile", "portable", "-o", folder.File("out")).ShouldSucceed();

        run.Out.ShouldContain("precision");
        run.Out.ShouldContain(" → ");
        run.ErrorLines.ShouldContain("reading the model");
    }

    [Fact]
    public void TakesWhatWasCompiledFromTheFolderOfTheEnvironment()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Saturating(folder.File("m.onnx"));
        var samples = Npz.Write(folder.File("x.npz"), "x", rows: 8, columns: 3 * 64);
        string[] compile = ["compile", model, "--profile", "linux-x64", "-o", folder.File("out"), "--precision", "int8", "--calibration", samples];

        var first = Modelc.RunWith("MODELCOMPILER_CACHE_DIR", folder.File("cache"), compile).ShouldSucceed();
        var made = File.ReadAllBytes(folder.File("out/m.linux-x64.onnx"));
        var second = Modelc.RunWith("MODELCOMPILER_CACHE_DIR", folder.File("cache"), compile).ShouldSucceed();

        first.ErrorLines.ShouldNotContain("taken from the cache");
        second.ErrorLines.ShouldContain("taken from the cache");
        File.ReadAllBytes(folder.File("out/m.linux-x64.onnx")).ShouldBe(made);
    }

    [Theory]
    [InlineData("https://me:secret@cache.example", 1)]
    [InlineData("http://127.0.0.1:9", 0)] // nobody listens there
    public void ATeamsCacheThatIsNotThereIsNoReasonToFailAndOneThatIsWrittenWronglyIs(string address, int exitCode)
    {
        using var folder = new TestFolder();
        var model = TinyModels.Saturating(folder.File("m.onnx"));

        var run = Modelc.RunWith("MODELCOMPILER_REMOTE_CACHE", address, "compile", model, "--profile", "linux-x64", "-o", folder.File("out"), "--precision", "fp32");

        run.ExitCode.ShouldBe(exitCode);
        string.Join('\n', run.ErrorLines).ShouldContain(exitCode == 0 ? "MC5003" : "MC5004");
        string.Join('\n', run.ErrorLines).ShouldNotContain("secret");
    }

    [Fact]
    public void ShowsWhatPruningTriedAndWhatItTook()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Saturating(folder.File("m.onnx"));
        var samples = Npz.Write(folder.File("x.npz"), "x", rows: 16, columns: 3 * 64);

        var run = Modelc.Run(
            "compile", model, "--profile", "linux-x64", "-o", folder.File("out"), "--precision", "fp32", "--prune", "channels", "--ratio", "99.9%", "--calibration", samples).ShouldSucceed();

        run.Out.ShouldContain(" % of the multiply-accumulates");
        run.Out.ShouldContain("not taken: so much of the multiply-accumulates cannot go");
        run.Error.ShouldContain("MC3012");
    }

    [Fact]
    public void LetsAnOptionWinOverTheSidecar()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));
        folder.Write("linear.model.json", """{ "precision": "int8-weights" }""");

        string PrecisionOf(params string[] options) =>
            Modelc.Run(["compile", model, "--profile", "portable", "-o", folder.File("out"), "--json", .. options]).ShouldSucceed().Json.GetProperty("precision").GetString()!;

        PrecisionOf().ShouldBe("int8-weights");
        PrecisionOf("--precision", "FP32").ShouldBe("fp32");
    }

    [Fact]
    public void LeavesNothingWhereABudgetIsBroken()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));
        Modelc.Run("compile", model, "--profile", "portable", "-o", folder.File("out")).ShouldSucceed();

        var run = Modelc.Run("compile", model, "--profile", "portable", "-o", folder.File("out"), "--precision", "fp32", "--max-size", "10B", "--json");

        run.ShouldFailWith("MC3002");
        run.Json.GetProperty("compiled").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        folder.ShouldHoldNothingIn("out");
    }

    [Fact]
    public void LeavesNothingWherePhotosDoNotDecode()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Image(folder.File("image.onnx"));
        folder.Write("image.model.json", """{ "inputs": { "x": { "image": { "layout": "NCHW", "color": "RGB", "resize": "stretch:8x8" } } } }""");
        Directory.CreateDirectory(folder.File("photos"));
        folder.Write("photos/broken.png", "this is no picture");

        var run = Modelc.Run("compile", model, "--profile", "portable", "-o", folder.File("out"), "--calibration", folder.File("photos"), "--json");

        run.ShouldFailWith("MC0010").ShouldContain("broken.png");
        run.Json.GetProperty("diagnostics").GetArrayLength().ShouldBe(1);
        folder.ShouldHoldNothingIn("out");
    }

    [Fact]
    public void LeavesNothingOfAFileThatIsNoModel()
    {
        using var folder = new TestFolder();

        Modelc.Run("compile", folder.Write("garbage.onnx", "<html>"), "--profile", "portable", "-o", folder.File("out"), "--json").ShouldFailWith("MC1001");

        folder.ShouldHoldNothingIn("out");
    }

    [Fact]
    public void RefusesAnUnknownProfile()
    {
        using var folder = new TestFolder();
        Modelc.Run("compile", TinyModels.Linear(folder.File("linear.onnx")), "--profile", "toaster", "-o", folder.File("out")).ShouldFailWith("MC0007").ShouldContain("linux-x64");
    }

    [Theory]
    [InlineData("--precision", "int9")]
    [InlineData("--prune", "everything")]
    [InlineData("--ratio", "2")]
    [InlineData("--max-drop", "half a point")]
    [InlineData("--max-class-drop", "all of it")]
    [InlineData("--min-agreement", "most")]
    [InlineData("--max-size", "big")]
    [InlineData("--max-latency", "12")]
    [InlineData("--distill-time", "soon")]
    public void RefusesAValueThatDoesNotFitItsOption(string option, string value) =>
        Modelc.Run("compile", "a.onnx", "--profile", "portable", "-o", "out", option, value).ShouldFailWith("MC0015", exitCode: 2).ShouldContain(option);
}
