using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild.Tests;

public sealed class ReferencedPlansTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AnAppCarriesTheModelsOfItsLibrariesForItsOwnProfiles()
    {
        var app = Inspect(Plan("lib", carries: false, Request("lib/net.onnx")));

        Path.GetFileName(app.Assets.ShouldHaveSingleItem().ItemSpec).ShouldBe("net.linux-x64.onnx");
        var said = LibraryModelsFile.Read(File.ReadAllText(app.Manifests.ShouldHaveSingleItem().ItemSpec), null).Models.ShouldHaveSingleItem();
        (said.Name, said.Profiles.Single().Name).ShouldBe(("net", "linux-x64"));
        var planned = BuildRequestFile.Read(app.Plan!.ItemSpec).Models.ShouldHaveSingleItem();
        planned.Options.Compile.Precision.ShouldBe("fp32", "what the library says of its model is kept");
        planned.OutputDirectory.ShouldBe(Path.Combine(_project.Folder, "obj", "models"));
    }

    [Fact]
    public void WhatAModelSaysOfItsProfilesIsKept()
    {
        var request = Request("lib/net.onnx");
        var app = Inspect(Plan("lib", carries: false, request with { Options = new ModelOptions { Compile = new CompileOptions { Profiles = new(["win-x64"]) } } }));

        Path.GetFileName(app.Assets.ShouldHaveSingleItem().ItemSpec).ShouldBe("net.win-x64.onnx");
    }

    [Fact]
    public void AModelThatComesByTwoWaysIsCarriedOnce() =>
        Inspect(Plan("a", carries: false, Request("a/net.onnx")), Plan("b", carries: false, Request("a/net.onnx"))).Assets.ShouldHaveSingleItem();

    [Fact]
    public void WhatAnotherAppCarriesComesAlongFromThere() =>
        Inspect(Plan("lib", carries: false, Request("lib/net.onnx")), Plan("app", carries: true, Request("lib/net.onnx"), Request("app/own.onnx"))).Assets.ShouldBeEmpty();

    [Fact]
    public void TwoModelsOfOneNameAreAnError()
    {
        Inspect(Plan("a", carries: false, Request("a/net.onnx")), Plan("b", carries: false, Request("b/Net.onnx")));

        var error = _project.Engine.Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("MC0017");
        error.File.ShouldBe(Path.Combine(_project.Folder, "b", "Net.onnx"));
    }

    [Fact]
    public void APlanThatWasNotWrittenIsLeftToWhoFailedToWriteIt()
    {
        Inspect(new TaskItem(Path.Combine(_project.Folder, "nowhere.json"))).Assets.ShouldBeEmpty();

        _project.Engine.Errors.ShouldBeEmpty();
    }

    private InspectModels Inspect(params TaskItem[] plans) => _project.Inspect(task => task.ReferencedPlans = plans);

    private TaskItem Plan(string name, bool carries, params ModelRequest[] models)
    {
        var item = new TaskItem(_project.Write($"{name}.plan.json", BuildRequestFile.Write(new BuildRequest { Models = new(models) })));
        item.SetMetadata(ReferencedPlans.CarriesModels, carries ? "true" : "false");
        return item;
    }

    private ModelRequest Request(string model) => new()
    {
        Model = Path.Combine(_project.Folder, model),
        Name = Path.GetFileNameWithoutExtension(model),
        OutputDirectory = Path.Combine(_project.Folder, "of the library"),
        Profiles = new(["osx-arm64"]),
        Options = new ModelOptions { Compile = new CompileOptions { Precision = "fp32" } },
    };
}
