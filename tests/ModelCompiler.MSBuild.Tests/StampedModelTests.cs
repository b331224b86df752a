using ModelCompiler.Contract;
using ModelCompiler.Contract.Tests;

namespace ModelCompiler.MSBuild.Tests;

public sealed class StampedModelTests : IDisposable
{
    private readonly TestProject _project = new();
    private BuildRequest _plan;

    public StampedModelTests()
    {
        _project.Write("photos/a.png", "a");
        var task = _project.Inspect(_project.Model("net.onnx", ("Calibration", "photos")));
        _plan = BuildRequestFile.Read(task.Plan!.ItemSpec);
        foreach (var file in task.Assets.Concat(task.Reports).Concat(task.Documents))
            File.WriteAllText(file.ItemSpec, "made");
        Model().Stamp();
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void IsUpToDateWhenNothingChanged() => Model().IsUpToDate().ShouldBeTrue();

    [Fact]
    public void IsStaleWhenTheModelChanged()
    {
        _project.Write("net.onnx", OnnxBytes.Classifier().Number(5, 2).ToArray());

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenACalibrationImageIsAdded()
    {
        _project.Write("photos/deeper/b.png", "b");

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenACalibrationImageIsTakenAway()
    {
        File.Delete(Path.Combine(_project.Folder, "photos", "a.png"));

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenABoxBesideThePicturesChanged()
    {
        _project.Write("set/images/a.png", "a");
        _project.Write("set/labels/a.txt", "0 0.5 0.5 1 1");
        var model = _plan.Models[0];
        _plan = _plan with { Models = new([model with { Options = model.Options with { Compile = model.Options.Compile with { Evaluation = Path.Combine(_project.Folder, "set", "images") } } }]) };
        Model().Stamp();
        Model().IsUpToDate().ShouldBeTrue();

        _project.Write("set/labels/a.txt", "0 0.5 0.5 0.25 1");

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenTheDescriptionBesideADataFileChanged()
    {
        _project.Write("test.npz", "a");
        var model = _plan.Models[0];
        _plan = _plan with { Models = new([model with { Options = model.Options with { Compile = model.Options.Compile with { Evaluation = Path.Combine(_project.Folder, "test.npz") } } }]) };
        Model().Stamp();
        Model().IsUpToDate().ShouldBeTrue();

        _project.Write("test.dataset.json", """{ "license": "MIT" }""");

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenTheCompilerIsAnother() => Model(tool: "newer").IsUpToDate().ShouldBeFalse();

    [Fact]
    public void IsStaleWhenAnOptionChanged()
    {
        _plan = _plan with { Optimize = false };

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void IsStaleWhenItsLockComesChangesOrGoes()
    {
        _project.Write("net.model.lock.json", "{}");
        Model().IsUpToDate().ShouldBeFalse("there is a lock to judge by");

        Model().Stamp();
        Model().IsUpToDate().ShouldBeTrue();
        _project.Write("net.model.lock.json", "{ }");
        Model().IsUpToDate().ShouldBeFalse("it says something else");

        Model().Stamp();
        File.Delete(Path.Combine(_project.Folder, "net.model.lock.json"));
        Model().IsUpToDate().ShouldBeFalse("it is gone");
    }

    [Fact]
    public void WhatWasAcceptedIsUpToDateWithTheLockThatTheCompileWrote()
    {
        var plan = _plan;
        _plan = plan with { Accept = true };
        var accepted = Model();
        _project.Write("net.model.lock.json", "{}");
        accepted.TakeLock();
        accepted.Stamp();
        _plan = plan;

        Model().IsUpToDate().ShouldBeTrue();
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("report.json")]
    [InlineData("report.html")]
    [InlineData("card.md")]
    [InlineData("cdx.json")]
    public void IsStaleWhenAnOutputIsGone(string ending)
    {
        File.Delete(Path.Combine(_project.Folder, "obj", "models", $"net.linux-x64.{ending}"));

        Model().IsUpToDate().ShouldBeFalse();
    }

    [Fact]
    public void NothingIsLeftOfAModelThatIsCompiledAgain()
    {
        Model().DeleteOutputs();

        Directory.EnumerateFiles(Path.Combine(_project.Folder, "obj", "models"), "net.*").ShouldBeEmpty();
    }

    private StampedModel Model(string tool = "tool") => new(_plan.Models.Single(), _plan, tool);
}
