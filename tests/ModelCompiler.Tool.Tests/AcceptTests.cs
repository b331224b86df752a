namespace ModelCompiler.Tests;

public class AcceptTests
{
    [Fact]
    public void WritesTheLockThatCompileJudgesBy()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));
        var lockFile = folder.File("linear.model.lock.json");

        var accepted = Modelc.Run("accept", model, "--profile", "linux-arm64", "--profile", "android-arm64", "--precision", "fp32").ShouldSucceed();

        accepted.Out.ReplaceLineEndings("\n").ShouldBe("linear → linux-arm64: accepted, linear.model.lock.json is written\nlinear → android-arm64: accepted, linear.model.lock.json is written\n");
        Modelc.Run("compile", model, "--profile", "linux-arm64", "-o", folder.File("out"), "--precision", "fp32", "--json").ShouldSucceed().ErrorLines.ShouldBeEmpty();

        File.WriteAllText(lockFile, File.ReadAllText(lockFile).Replace("\"bytes\": ", "\"bytes\": 1,\n      \"compressedBytes\": ", StringComparison.Ordinal));
        var refused = Modelc.Run("compile", model, "--profile", "linux-arm64", "-o", folder.File("out"), "--precision", "fp32", "--json");
        refused.ShouldFailWith("MC3024").ShouldContain("for linux-arm64 the model is worse than its lock: size is");
        refused.Json.GetProperty("compiled").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        refused.Json.GetProperty("diagnostics")[0].GetProperty("id").GetString().ShouldBe("MC3024");
        folder.ShouldHoldNothingIn("out");
        Modelc.Run("compile", model, "--profile", "linux-arm64", "-o", folder.File("out"), "--precision", "fp32", "--without-lock").ShouldSucceed();

        var again = Modelc.Run("accept", model, "--profile", "linux-arm64", "--precision", "fp32", "--json").ShouldSucceed().Json.GetProperty("profiles");
        again.GetProperty("linux-arm64").GetProperty("bytes").GetInt64().ShouldBeGreaterThan(1);
        again.GetProperty("android-arm64").GetProperty("bytes").GetInt64().ShouldBe(1, "what is not accepted stays");
    }
}
