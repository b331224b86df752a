using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild.Tests;

public sealed class PackagedAssetsTests
{
    private readonly List<ModelDiagnostic> _reported = [];

    [Fact]
    public void AnAppTakesWhatIsForItsDevices()
    {
        Chosen("win-x64;linux-musl-x64", "android-arm64", "linux-x64", "win-arm64", "win-x64").ShouldBe(["linux-x64", "win-x64"]);
        _reported.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsForEverySystemIsForAll() => Chosen("osx-arm64", "any", "", "linux-x64").ShouldBe(["any", ""]);

    [Fact]
    public void AnAppThatRunsOnAnyComputerTakesAllButPhones() => Chosen("", "android-arm64", "ios-arm64;osx-arm64", "linux-x64", "win-x64").ShouldBe(["ios-arm64;osx-arm64", "linux-x64", "win-x64"]);

    [Fact]
    public void AModelForOtherDevicesOnlyIsWarnedOf()
    {
        Chosen("osx-arm64", "android-arm64", "win-x64").ShouldBeEmpty();

        var warning = _reported.ShouldHaveSingleItem();
        warning.Id.ShouldBe("MC0018");
        warning.Message.ShouldContain("'net' comes with a package, compiled for android-arm64, win-x64; the app is built for osx-arm64");
    }

    private IEnumerable<string> Chosen(string app, params string[] assets) =>
        PackagedAssets.Choose([.. assets.Select(Asset)], app, _reported.Add).Select(asset => asset.GetMetadata("RuntimeIdentifiers"));

    private static ITaskItem Asset(string runtimeIdentifiers)
    {
        var item = new TaskItem("net.onnx");
        item.SetMetadata("Model", "net");
        item.SetMetadata("RuntimeIdentifiers", runtimeIdentifiers);
        return item;
    }
}
