using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelCompiler.MSBuild.Tests;

/// <summary>A build in which nothing changed inspects nothing, and tells the same.</summary>
public sealed class InspectionRecordTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void TheSecondBuildTellsWhatTheFirstFound()
    {
        var net = Old(_project.Model("net.onnx", ("Preprocess", "image")));
        var first = _project.Inspect(net);
        _project.Engine.Messages.ShouldNotBeEmpty("guesses are told");
        _project.Engine.Messages.Clear();

        var second = _project.Inspect(net);

        _project.Engine.Messages.ShouldBeEmpty("nothing was inspected");
        foreach (var (name, items) in first.Outputs)
            second.Outputs[name].Select(Text).ShouldBe(items.Select(Text), name);
    }

    [Fact]
    public void ASidecarThatComesToBeIsInspected()
    {
        var net = Old(_project.Model("net.onnx"));
        _project.Inspect(net);

        _project.Write("net.model.json", """{ "className": "Other" }""");

        Path.GetFileName(_project.Inspect(net).Manifests.ShouldHaveSingleItem().ItemSpec).ShouldBe("Other.modelmanifest");
    }

    [Fact]
    public void AModelThatWasSavedWhileItWasReadIsReadAgain()
    {
        var net = _project.Model("net.onnx", ("Preprocess", "image"));   // written just now
        File.SetLastWriteTimeUtc(net.ItemSpec, DateTime.UtcNow.AddMinutes(1));
        _project.Inspect(net);
        _project.Engine.Messages.Clear();

        _project.Inspect(net);

        _project.Engine.Messages.ShouldNotBeEmpty();
    }

    [Fact]
    public void WhatIsWrongIsSaidByEveryBuild()
    {
        var broken = Old(new TaskItem(_project.Write("net.onnx", "no model")));
        for (var build = 1; build <= 2; build++)
        {
            _project.Inspect(broken);
            _project.Engine.Errors.Count.ShouldBe(build);
        }
    }

    private static TaskItem Old(TaskItem model)
    {
        File.SetLastWriteTimeUtc(model.ItemSpec, DateTime.UtcNow.AddHours(-1));
        return model;
    }

    private static string Text(ITaskItem item) =>
        $"{item.ItemSpec} {string.Join(" ", item.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}={item.GetMetadata(key)}"))}";
}
