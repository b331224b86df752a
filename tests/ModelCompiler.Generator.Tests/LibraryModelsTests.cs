using System.Text.RegularExpressions;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>What an app's code says of the models of its libraries.</summary>
public sealed class LibraryModelsTests
{
    private const string Name = "library-model-of-the-generator-tests";

    private static readonly Contract.LibraryModels Models = new(new EquatableArray<LibraryModel>([new(Name, new([Manifests.Linux, Manifests.Apple])), new("other", new([Manifests.Linux with { SessionSettings = default }]))]));

    [Fact]
    public void WritesTheFile() =>
        Approval.Verify(Generate(Models).Source.Replace(typeof(ModelClassGenerator).Assembly.GetName().Version!.ToString(3), "{version}", StringComparison.Ordinal), "App");

    [Fact]
    public void TheCompilerHasNoComplaints() => Generate(Models).Complaints.ShouldBeEmpty();

    [Fact]
    public void AnAppWithoutAnyGetsNoFile() => Generate(new Contract.LibraryModels(default)).Result.GeneratedTrees.ShouldBeEmpty();

    [Fact]
    public void AModelOfALibraryIsFoundByTheAppsProfilesOnceTheAppHasRunALine()
    {
        var definition = new ModelDefinition(Name) { Profiles = [new ModelProfile("of-the-library")] };
        Tried(definition).ShouldBe(["of-the-library"]);

        var app = Generated.From("public static class Program { public static void Run() { } }", [File(new(new EquatableArray<LibraryModel>([new(Name, new([new("of-the-app", default, default, default)]))])))]).Load();
        app.GetType("Program")!.GetMethod("Run")!.Invoke(null, null);

        Tried(definition).ShouldBe(["of-the-app", "of-the-library"]);
    }

    [Fact]
    public void AFileThatIsNotUnderstoodIsOneDiagnostic() =>
        Generated.From("", [new ManifestFile("/obj/app.librarymodels", "nothing")]).Result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC6001");

    /// <summary>The profiles whose assets are looked for; there are none.</summary>
    private static IEnumerable<string> Tried(ModelDefinition definition) =>
        Regex.Matches(Should.Throw<ModelLoadException>(() => ModelSession.Load(definition, ModelSource.Asset)).Message, @"\.(?<name>of-the-[a-z]+)\.onnx'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value);

    private static Generated Generate(Contract.LibraryModels models) => Generated.From("", [File(models)]);

    private static ManifestFile File(Contract.LibraryModels models) => new("/obj/app.librarymodels", LibraryModelsFile.Write(models));
}
