using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>What an app's code knows of the model files beside it.</summary>
public sealed class CarriedModelsTests
{
    private const string Name = "carried-of-the-generator-tests";

    [Fact]
    public void WritesTheFile() => Approval.Verify(
        Generate(new("b.linux-x64.onnx", "00ff"), new("a.linux-x64.onnx.data", "ff00")).Source.Replace(typeof(ModelClassGenerator).Assembly.GetName().Version!.ToString(3), "{version}", StringComparison.Ordinal), "App");

    [Fact]
    public void TheCompilerHasNoComplaints() => Generate(new CarriedModel("\"a\\.onnx", "00")).Complaints.ShouldBeEmpty();

    [Fact]
    public void AnAppWithoutAnyGetsNoFile() => Generate().Result.GeneratedTrees.ShouldBeEmpty();

    [Fact]
    public void AFileThatIsNotUnderstoodIsOneDiagnostic() =>
        Generated.From("", [new ManifestFile("/obj/app.carriedmodels", "nothing")]).Result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC6001");

    [Fact]
    public void AnotherFileIsRefusedOnceTheAppHasRunALine()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{Name}.any.onnx"), "no model");
        var definition = new ModelDefinition(Name) { Profiles = [new ModelProfile("any")] };
        Message(definition).ShouldContain("ONNX Runtime cannot load");

        var app = Generated.From("public static class Program { public static void Run() { } }", [List(new CarriedModel($"{Name}.any.onnx", "00"))]).Load();
        app.GetType("Program")!.GetMethod("Run")!.Invoke(null, null);

        Message(definition).ShouldContain("is not the file that the app was built with");
    }

    private static string Message(ModelDefinition definition) => Should.Throw<ModelLoadException>(() => ModelSession.Load(definition, ModelSource.Asset)).Message;

    private static Generated Generate(params CarriedModel[] files) => Generated.From("", [List(files)]);

    private static ManifestFile List(params CarriedModel[] files) => new("/obj/app.carriedmodels", CarriedModelsFile.Write(files));
}
