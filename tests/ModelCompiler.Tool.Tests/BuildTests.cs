using System.Runtime.InteropServices;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests;

public class BuildTests
{
    [Fact]
    public void CompilesEveryModelForEveryProfileInOneRun()
    {
        using var folder = new TestFolder();
        var request = Request(folder, Model(folder, TinyModels.Linear(folder.File("a.onnx")), "a", "portable", "linux-arm64"), Model(folder, TinyModels.Image(folder.File("b.onnx")), "b", "portable"));

        var run = Modelc.Run("build", "--request", request).ShouldSucceed();

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("a → portable: ");
        lines[1].ShouldStartWith("a → linux-arm64: ");
        lines[2].ShouldStartWith("b → portable: ");
        foreach (var asset in new[] { "a.portable", "a.linux-arm64", "b.portable" })
        {
            File.Exists(folder.File($"out/{asset}.onnx")).ShouldBeTrue();
            File.Exists(folder.File($"out/{asset}.report.json")).ShouldBeTrue();
        }
    }

    [Fact]
    public void GoesOnAfterAModelThatFails()
    {
        using var folder = new TestFolder();
        var request = Request(
            folder,
            Model(folder, folder.Write("garbage.onnx", "<html>"), "garbage", "portable"),
            Model(folder, TinyModels.Linear(folder.File("linear.onnx")), "linear", "toaster", "portable"));

        var run = Modelc.Run("build", "--request", request);

        run.ExitCode.ShouldBe(1);
        run.ErrorLines.Where(line => line.Contains(" : error ", StringComparison.Ordinal)).Select(line => line.Split(" : error ")[1][..6]).ShouldBe(["MC1001", "MC0007"]);
        run.Out.ShouldStartWith("linear → portable: ");
        Directory.EnumerateFiles(folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["linear.portable.card.md", "linear.portable.cdx.json", "linear.portable.onnx", "linear.portable.report.html", "linear.portable.report.json"]);
    }

    [Fact]
    public void PassesModelsThroughWhereTheBuildAsksForIt()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"));
        var request = Request(folder, optimize: false, Model(folder, model, "linear", "portable"));

        Modelc.Run("build", "--request", request).ShouldSucceed();

        File.ReadAllBytes(folder.File("out/linear.portable.onnx")).ShouldBe(File.ReadAllBytes(model));
    }

    [Fact]
    public void FindsOnnxRuntimeInTheFoldersOfTheRequest()
    {
        using var folder = new TestFolder();
        CopyToolWithoutOnnxRuntime(folder.File("tool"));
        var model = Model(folder, TinyModels.Linear(folder.File("linear.onnx")), "linear", "portable");

        string RequestWith(params string[] nativePaths) =>
            folder.Write("request.json", BuildRequestFile.Write(new BuildRequest { Models = new([model]), NativePaths = new(nativePaths) }));

        Modelc.RunIn(folder.File("tool"), "build", "--request", RequestWith()).ErrorLines[^1].ShouldContain("error MC5001");
        Modelc.RunIn(folder.File("tool"), "build", "--request", RequestWith(folder.File("nowhere"), NativeFolder)).ShouldSucceed();
    }

    [Fact]
    public void RefusesARequestThatIsNone()
    {
        using var folder = new TestFolder();
        Modelc.Run("build", "--request", folder.Write("request.json", "[]")).ShouldFailWith("MC0012");
    }

    private static string NativeFolder => Path.Combine(Modelc.Folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");

    /// <summary>As the package carries the tool: its assemblies side by side, the native library left to the app's package.</summary>
    private static void CopyToolWithoutOnnxRuntime(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Modelc.Folder, "*.dll").Append(Path.Combine(Modelc.Folder, "modelc.runtimeconfig.json")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static ModelRequest Model(TestFolder folder, string path, string name, params string[] profiles) => new()
    {
        Model = path,
        Name = name,
        OutputDirectory = folder.File("out"),
        Profiles = new(profiles),
        Options = ModelOptions.None,
    };

    private static string Request(TestFolder folder, params ModelRequest[] models) => Request(folder, optimize: true, models);

    private static string Request(TestFolder folder, bool optimize, params ModelRequest[] models) =>
        folder.Write("request.json", BuildRequestFile.Write(new BuildRequest { Models = new(models), Optimize = optimize }));
}
