using Microsoft.Build.Utilities;
using ModelCompiler.Contract;
using ModelCompiler.Contract.Tests;

namespace ModelCompiler.MSBuild.Tests;

public sealed class InspectModelsTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void WritesAManifestForEachModelAndOnePlan()
    {
        var task = _project.Inspect(_project.Model("Models/digit net.onnx"), _project.Model("other.onnx", ("ClassName", "Second"), ("Precision", "int8")));

        var manifest = ManifestReader.Read(File.ReadAllText(task.Manifests[0].ItemSpec), null);
        (manifest.ClassName, manifest.Namespace, manifest.Name).ShouldBe(("DigitNet", "App", "digit-net"));
        Path.GetFileName(task.Manifests[1].ItemSpec).ShouldBe("Second.modelmanifest");
        var plan = BuildRequestFile.Read(task.Plan!.ItemSpec);
        plan.Models.Select(model => (model.Name, model.Options.Compile.Precision)).ShouldBe([("digit-net", null), ("other", "int8")]);
        task.Assets.Select(asset => asset.GetMetadata("TargetPath")).ShouldBe(["models/digit-net.linux-x64.onnx", "models/other.linux-x64.onnx"]);
        task.Reports.Length.ShouldBe(2);
        task.Documents.Select(item => Path.GetExtension(item.ItemSpec)).ShouldBe([".html", ".md", ".json", ".html", ".md", ".json"]);
    }

    [Fact]
    public void LeavesFilesAloneThatWouldNotChange()
    {
        var model = _project.Model("net.onnx");
        var task = _project.Inspect(model);
        var before = new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
        foreach (var file in new[] { task.Manifests[0].ItemSpec, task.Plan!.ItemSpec })
            File.SetLastWriteTimeUtc(file, before);

        _project.Inspect(model);

        File.GetLastWriteTimeUtc(task.Manifests[0].ItemSpec).ShouldBe(before);
        File.GetLastWriteTimeUtc(task.Plan.ItemSpec).ShouldBe(before);
    }

    [Fact]
    public void TheSidecarSpeaksWhereTheMetadataIsSilent()
    {
        var model = _project.Model("net.onnx", ("Precision", "fp32"));
        _project.Write("net.model.json", """{ "precision": "int8", "className": "Named", "maxSize": "4MB" }""");

        var task = _project.Inspect(model);

        var options = BuildRequestFile.Read(task.Plan!.ItemSpec).Models.Single().Options;
        (options.Compile.Precision, options.Compile.MaxSize, options.ClassName).ShouldBe(("fp32", "4MB", "Named"));
    }

    [Fact]
    public void AModelThatCannotBeUsedDoesNotHideTheOthers()
    {
        var task = _project.Inspect(new TaskItem(Path.Combine(_project.Folder, "gone.onnx")), _project.Model("net.onnx"));

        ErrorCode().ShouldBe("MC0001");
        _project.Engine.Errors.Single().File.ShouldBe(_project.ProjectFile);
        task.Manifests.Length.ShouldBe(1);
    }

    [Fact]
    public void TwoModelsOfOneNameAreRefused()
    {
        _project.Inspect(_project.Model("a/net.onnx"), _project.Model("b/Net.onnx"));

        ErrorCode().ShouldBe("MC0002");
        _project.Engine.Errors.Single().Message!.ShouldContain("Set ClassName");
    }

    [Fact]
    public void ModelsOfOneFileNameWithTheirOwnClassesHaveTheirOwnAssets()
    {
        var task = _project.Inspect(_project.Model("a/net.onnx"), _project.Model("b/net.onnx", ("ClassName", "NetB")));

        task.Assets.Select(asset => Path.GetFileName(asset.ItemSpec)).ShouldBe(["net.linux-x64.onnx", "net-NetB.linux-x64.onnx"]);
        BuildRequestFile.Read(task.Plan!.ItemSpec).Models[1].Name.ShouldBe("net-NetB");
    }

    [Theory]
    [InlineData("Labels", "labels.txt", "MC0006")]
    [InlineData("Labels", "nowhere.txt", "MC0005")]
    [InlineData("Precision", "int7", "MC0003")]
    [InlineData("Profiles", "toaster", "MC0007")]
    [InlineData("Dims", "width=3", "MC2003")]
    public void MetadataThatDoesNotFitIsOneErrorWithItsCode(string name, string value, string code)
    {
        _project.Write("labels.txt", "only\nthree\nlabels\n");

        _project.Inspect(_project.Model("net.onnx", (name, value)));

        ErrorCode().ShouldBe(code);
    }

    [Theory]
    [InlineData("net.onnx", "this is no model", "MC1001")]
    [InlineData("net.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "MC1002")]
    public void AFileThatIsNoModelIsOneErrorThatNamesIt(string name, string content, string code)
    {
        var path = _project.Write(name, content);

        _project.Inspect(new TaskItem(path));

        ErrorCode().ShouldBe(code);
        _project.Engine.Errors.Single().File.ShouldBe(path);
    }

    [Fact]
    public void AModelWithoutAUsableNameIsRefused()
    {
        _project.Inspect(_project.Model("--.onnx"));

        ErrorCode().ShouldBe("MC2001");
    }

    [Fact]
    public void ASidecarThatIsWrongIsNamedWithItsLine()
    {
        var model = _project.Model("net.onnx");
        _project.Write("net.model.json", "{\n  \"precison\": \"int8\"\n}");

        _project.Inspect(model);

        ErrorCode().ShouldBe("MC0004");
        _project.Engine.Errors.Single().LineNumber.ShouldBe(2);
    }

    [Fact]
    public void NothingIsLeftOfAModelThatBecameUnusable()
    {
        var task = _project.Inspect(_project.Model("net.onnx"));
        foreach (var file in task.Assets.Concat(task.Reports).Concat(task.Documents).Concat(task.Stamps))
            File.WriteAllText(file.ItemSpec, "of the last build");
        var broken = new TaskItem(_project.Write("net.onnx", "broken"));

        _project.Inspect(broken);

        Directory.EnumerateFiles(Path.Combine(_project.Folder, "obj", "models")).Select(Path.GetFileName).ShouldBe(["models.plan.json"]);
    }

    [Fact]
    public void AnEditorTakesNothingAway()
    {
        var leftover = _project.Write("obj/models/old.linux-x64.onnx", "of the last build");

        _project.Inspect(designTime: true, _project.Model("net.onnx"));

        File.Exists(leftover).ShouldBeTrue();
    }

    [Fact]
    public void GuessesAreMessages()
    {
        _project.Inspect(_project.Model("net.onnx", ("Preprocess", "image")));

        _project.Engine.Messages.ShouldContain(message => message.Code == "MC2002");
    }

    [Fact]
    public void TenModelsAreInspectedWithoutReadingTheirWeights()
    {
        var weights = new byte[1 << 20];
        var bytes = OnnxBytes.Model(new ProtoWriter()
            .Message(5, OnnxBytes.Tensor("w", weights))
            .Message(11, OnnxBytes.Value("x", OnnxBytes.TensorType(1, 4)))).ToArray();
        var models = Enumerable.Range(0, 10).Select(i => new TaskItem(_project.Write($"net{(char)('a' + i)}.onnx", bytes))).ToArray();

        _project.Inspect(models).Manifests.Length.ShouldBe(10);
    }

    private string ErrorCode() => _project.Engine.Errors.Single().Code;

    [Fact]
    public void TheClassOfAModelThatBreaksWhileSomebodyEditsStays()
    {
        var net = _project.Model("net.onnx");
        var good = _project.Inspect(net).Manifests.ShouldHaveSingleItem().ItemSpec;
        _project.Write("net.onnx", "no model");

        var design = _project.Inspect(designTime: true, net, _project.Model("other.onnx"));

        design.Manifests.Select(manifest => Path.GetFileName(manifest.ItemSpec)).ShouldBe(["Net.modelmanifest", "Other.modelmanifest"]);
        design.Manifests[0].ItemSpec.ShouldBe(good);
        _project.Engine.Errors.ShouldHaveSingleItem().Code.ShouldBe("MC1001");
    }

    [Fact]
    public void AModelThatWasNeverGoodHasNoClass() =>
        _project.Inspect(designTime: true, new TaskItem(_project.Write("net.onnx", "no model"))).Manifests.ShouldBeEmpty();

    [Fact]
    public void AnEditorLeavesThePlanOfARunningBuildAlone()
    {
        var plan = _project.Inspect(_project.Model("net.onnx")).Plan!.ItemSpec;
        var text = File.ReadAllText(plan);

        _project.Inspect(designTime: true, _project.Model("net.onnx"), _project.Model("other.onnx")).Plan.ShouldBeNull();

        File.ReadAllText(plan).ShouldBe(text);
    }
}
