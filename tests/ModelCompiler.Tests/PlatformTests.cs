using System.IO.Compression;
using System.Text.Json;

namespace ModelCompiler.Tests;

/// <summary>
/// How models reach apps of platforms whose SDKs cannot be installed here: the package's targets run within stand-ins that call what the SDKs call, in their order, and the items that they get are looked at.
/// </summary>
public sealed class PlatformTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelcompiler-platform");

    public PlatformTests(PackageFeed package)
    {
        ZipFile.ExtractToDirectory(Path.Combine(package.Feed, $"ModelCompiler.{PackageFeed.Version}.nupkg"), Path.Combine(_folder.FullName, "package"));
        File.Copy(Path.Combine(Repository.DigitModels, "digits.onnx"), Path.Combine(_folder.FullName, "digits.onnx"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Xamarin.Android.Common.targets: assets are taken before resources, and both before or after the C# compiler.</summary>
    [Theory]
    [InlineData("_ComputeAndroidAssetsPaths;CoreCompile;_ComputeAndroidResourcePaths")]
    [InlineData("CoreCompile;_ComputeAndroidResourcePaths;_ComputeAndroidAssetsPaths")]
    public void AnAndroidAppGetsAssets(string order)
    {
        var asset = Build("<TargetPlatformIdentifier>android</TargetPlatformIdentifier>", order, "AndroidAsset").ShouldHaveSingleItem();

        asset["Link"].ShouldBe("models/digits.android-arm64.onnx");
        File.Exists(asset["FullPath"]).ShouldBeTrue("the model is there when it is packed");
    }

    [Fact]
    public void AnAndroidAppTakesThePackagedModelsOfItsDevices()
    {
        foreach (var name in new[] { "faces.android-arm64.onnx", "faces.android-arm64.onnx.data", "faces.win-x64.onnx" })
            File.WriteAllText(Path.Combine(_folder.FullName, name), "");

        var assets = Build("<TargetPlatformIdentifier>android</TargetPlatformIdentifier>", "CoreCompile;_ComputeAndroidAssetsPaths", "AndroidAsset", """
            <ItemGroup>
              <ModelAsset Include="faces.android-arm64.onnx;faces.android-arm64.onnx.data" Model="faces" RuntimeIdentifiers="android-arm64" />
              <ModelAsset Include="faces.win-x64.onnx" Model="faces" RuntimeIdentifiers="win-x64" />
            </ItemGroup>
            """);

        assets.Select(asset => asset["Link"]).Order(StringComparer.Ordinal).ShouldBe(["models/digits.android-arm64.onnx", "models/faces.android-arm64.onnx", "models/faces.android-arm64.onnx.data"]);
    }

    [Theory]
    [InlineData("ios")]
    [InlineData("tvos")]
    [InlineData("maccatalyst")]
    public void AnAppleAppGetsResourcesOfItsBundle(string platform)
    {
        var resource = Build($"<TargetPlatformIdentifier>{platform}</TargetPlatformIdentifier><OutputType>Exe</OutputType>", "CoreCompile;_CollectBundleResources", "BundleResource").ShouldHaveSingleItem();

        resource["LogicalName"].ShouldBe("models/digits.android-arm64.onnx");
        resource["TargetPath"].ShouldBe("models/digits.android-arm64.onnx");
        File.Exists(resource["FullPath"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("<OutputType>Exe</OutputType><_IsMultiRidBuild>true</_IsMultiRidBuild>")]
    [InlineData("<OutputType>Library</OutputType>")]
    public void WhatIsNoAppleAppOfItsOwnGetsNone(string properties) =>
        Build("<TargetPlatformIdentifier>ios</TargetPlatformIdentifier>" + properties, "CoreCompile;_CollectBundleResources", "BundleResource").ShouldBeEmpty();

    [Fact]
    public void AWindowsAppSdkAppGetsContentWithATargetPath()
    {
        var content = Build("<TargetPlatformIdentifier>windows</TargetPlatformIdentifier><UseWinUI>true</UseWinUI>", "CoreCompile;AssignTargetPaths", "ContentWithTargetPath").ShouldHaveSingleItem();

        content["TargetPath"].ShouldBe("models/digits.android-arm64.onnx");
        (content["CopyToOutputDirectory"], content["CopyToPublishDirectory"]).ShouldBe(("PreserveNewest", "PreserveNewest"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<TargetPlatformIdentifier>windows</TargetPlatformIdentifier>")]
    public void AnyOtherAppGetsContent(string properties)
    {
        var content = Build(properties, "AssignTargetPaths;CoreCompile", "Content").Single(item => item["Filename"] == "digits.android-arm64");

        content["TargetPath"].ShouldBe("models/digits.android-arm64.onnx");
        content["Link"].ShouldBe("models/digits.android-arm64.onnx");
        (content["CopyToOutputDirectory"], content["CopyToPublishDirectory"]).ShouldBe(("PreserveNewest", "PreserveNewest"));
    }

    /// <summary>Microsoft.Managed.DesignTime.targets, which come with Visual Studio: it builds if an input is newer than the output of its set.</summary>
    [Fact]
    public void VisualStudioKnowsFromWhatModelsAreMade()
    {
        foreach (var file in new[] { "digits.model.json", "labels.txt", "board.json", "samples/set/input_0.pb", "unrelated.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.FullName, file))!);
            File.WriteAllText(Path.Combine(_folder.FullName, file), """{ "name": "board", "extends": "portable" }""");
        }

        const string Items = """<ItemGroup><Model Update="digits.onnx" Labels="labels.txt" Calibration="samples" Evaluation="missing" /><ModelProfile Include="board.json" /></ItemGroup>""";

        var inputs = Build("", "CollectUpToDateCheckInputDesignTime;CollectUpToDateCheckOutputDesignTime", "UpToDateCheckInput", Items);
        inputs.Select(item => Path.GetRelativePath(_folder.FullName, item["FullPath"]).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .ShouldBe(["board.json", "digits.model.json", "digits.onnx", "labels.txt", "samples/set/input_0.pb"]);
        inputs.ShouldAllBe(item => item["Set"] == "ModelCompiler");
        var output = Build("", "CollectUpToDateCheckInputDesignTime;CollectUpToDateCheckOutputDesignTime", "UpToDateCheckOutput", Items).ShouldHaveSingleItem();
        (output["Identity"], output["Set"]).ShouldBe(("obj/models/up-to-date-check", "ModelCompiler"));
    }

    private IReadOnlyList<IReadOnlyDictionary<string, string>> Build(string properties, string order, string item, string items = "")
    {
        var project = Path.Combine(_folder.FullName, "App.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <IntermediateOutputPath>obj/</IntermediateOutputPath>
                <MSBuildProjectExtensionsPath>$(MSBuildProjectDirectory)/obj/</MSBuildProjectExtensionsPath>
                <RootNamespace>App</RootNamespace>
                <BuildingProject>true</BuildingProject>
                <ModelCompilerOptimize>false</ModelCompilerOptimize>
                {properties}
              </PropertyGroup>
              <Import Project="package/build/ModelCompiler.props" />
              <ItemGroup>
                <Model Include="digits.onnx" />
                <ModelProfile Include="android-arm64" />
              </ItemGroup>
              {items}
              <Import Project="package/build/ModelCompiler.targets" />
              <Target Name="GenerateMSBuildEditorConfigFileShouldRun" />
              <Target Name="CoreCompile" DependsOnTargets="GenerateMSBuildEditorConfigFileShouldRun" />
              <Target Name="AssignTargetPaths" />
              <Target Name="CollectUpToDateCheckInputDesignTime" />
              <Target Name="CollectUpToDateCheckOutputDesignTime" />
              <Target Name="_ComputeAndroidAssetsPaths" />
              <Target Name="_ComputeAndroidResourcePaths" />
              <Target Name="_CollectBundleResources" DependsOnTargets="$(CollectBundleResourcesDependsOn)" />
              <Target Name="Build" DependsOnTargets="{order}" />
            </Project>
            """);
        var result = DotNet.Run(_folder.FullName, null, "msbuild", project, "-nologo", "-t:Build", $"-getItem:{item}");
        result.ExitCode.ShouldBe(0, result.Output);
        using var json = JsonDocument.Parse(result.Output[result.Output.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. json.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray()
            .Select(found => found.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal))];
    }
}
