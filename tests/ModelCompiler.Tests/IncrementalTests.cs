namespace ModelCompiler.Tests;

/// <summary>
/// Compiling takes from seconds to hours, so a build compiles what a change affects and nothing else; and it never keeps what a change made wrong, in whatever direction the time stamps go.
/// </summary>
public sealed class IncrementalTests(PackageFeed package) : IDisposable
{
    private const string Models = """
        <Model Include="digits.onnx" />
        <Model Include="first.onnx" Precision="int8" Calibration="samples" Profiles="device.json" />
        <Model Include="second.onnx" Precision="int8" Calibration="samples" />
        <ModelProfile Include="linux-arm64" />
        """;

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    /// <summary>One project that lives through a week of changes, since each needs a build in front of it to differ from.</summary>
    [Fact]
    public void AChangeCompilesWhatItAffects()
    {
        WithThreeModels();
        Compiled().ShouldBe("digits, first, second", "the first build");

        WithAWordMore("second.onnx");
        Compiled().ShouldBe("second", "a model was changed");

        _app.WithSample("samples/test_data_set_4", 4);
        Compiled().ShouldBe("first, second", "a sample was added to the data that two models share");

        _app.WithSample("samples/test_data_set_2", 99);
        Compiled().ShouldBe("first, second", "a sample was changed");

        Directory.Delete(Path.Combine(_app.Folder, "samples", "test_data_set_4"), recursive: true);
        Compiled().ShouldBe("first, second", "a sample was taken away");

        WithDevice(megabytes: 20);
        Compiled().ShouldBe("first", "a value of a profile was changed");

        _app.With(Models.Replace("""digits.onnx" """, """digits.onnx" Precision="fp32" """, StringComparison.Ordinal));
        Compiled().ShouldBe("digits", "metadata was changed");

        var sidecar = File.ReadAllText(Path.Combine(_app.Folder, "digits.model.json"));
        _app.Write("digits.model.json", sidecar.Replace("\"scale\": 0.00392156862745098", "\"scale\": 0.0078125", StringComparison.Ordinal));
        Compiled().ShouldBe("digits", "the sidecar was changed");

        _app.Write("digits.labels.txt", string.Join('\n', Enumerable.Range(0, 10).Select(digit => $"digit {digit}")));
        Compiled().ShouldBe("digits", "the labels were changed");

        Compiled().ShouldBeEmpty("nothing was changed");
    }

    /// <summary>A switch of branches brings back files that may be older than what was made of those of the other branch.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(UserProject.PassThrough)]
    public void AFileThatIsOlderAndOtherwiseCountsAsChanged(string properties)
    {
        _app.With("""<Model Include="digits.onnx" Precision="fp32" /><ModelProfile Include="portable" />""", properties).WithDigits().Write("Program.cs", "Console.WriteLine();");
        var file = Path.Combine(_app.Folder, "digits.onnx");
        var (content, time) = (File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        _app.Build().ShouldSucceed();
        var here = BuiltModel();

        byte[] other = [.. content];
        other[^1000] ^= 1;   // one weight is another one
        _app.Write("digits.onnx", other);
        File.SetLastWriteTimeUtc(file, time.AddYears(-1));
        Compiled().ShouldBe("digits", "an older file of another content");
        BuiltModel().ShouldNotBe(here, "the app has the other branch's model");

        _app.Write("digits.onnx", content);
        File.SetLastWriteTimeUtc(file, time);
        Compiled().ShouldBe("digits", "back again");
        BuiltModel().ShouldBe(here);

        string BuiltModel() => Assets("Debug")["digits.portable.onnx"];
    }

    [Fact]
    public void AProfileIsMadeOfWhatItExtendsAsWell()
    {
        const string Base = """{ "name": "base", "extends": "linux-arm64", "budgets": { "maxSize": "10MB" } }""";
        _app.With("""<Model Include="digits.onnx" /><ModelProfile Include="profiles/kiosk.json" />""").WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();")
            .Write("profiles/kiosk.json", """{ "name": "kiosk", "extends": "base.json" }""").Write("profiles/base.json", Base);
        _app.Build().ShouldSucceed();

        _app.Write("profiles/base.json", Base.Replace("10MB", "1kB", StringComparison.Ordinal));

        _app.BuildRestored().ShouldFailWith("MC3002", "over MaxSize");
    }

    [Fact]
    public void EachConfigurationKeepsItsModelsAndARebuildMakesTheSame()
    {
        WithThreeModels();
        _app.Build().ShouldSucceed();
        var debug = Assets("Debug");
        debug.Count.ShouldBe(3);

        Compiled("-c", "Release").ShouldBe("digits, first, second", "Release for the first time");
        Compiled().ShouldBeEmpty("Debug once more");
        Compiled("-c", "Release").ShouldBeEmpty("Release once more");
        Assets("Release").ShouldBe(debug);

        Compiled("-t:Rebuild", "-p:ModelCompilerCacheDir=none").ShouldBe("digits, first, second", "all of it is made anew");
        Assets("Debug").ShouldBe(debug);
    }

    /// <summary>MSBuild deletes what an earlier build wrote and this one does not name: from the second build on, and in the third what the second forgot.</summary>
    [Fact]
    public void BuildsThatCompileNothingKeepTheirModelsUntilTheProjectSaysOtherwise()
    {
        const string Model = """<Model Include="digits.onnx" />""";
        string[] both = ["digits.linux-x64.onnx", "digits.portable.onnx"];
        _app.With(Model + """<ModelProfile Include="linux-x64;portable" />""", UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");
        _app.Build().ShouldSucceed();

        for (var build = 2; build <= 3; build++)
        {
            Compiled().ShouldBeEmpty($"build {build}");
            _app.BuiltModels.ShouldBe(both, $"build {build}");
            _app.IntermediateModels.ShouldBe(both, $"build {build}");
            _app.FileWrites.ShouldBe([both[0], both[0], both[1], both[1]], "in obj and in bin");
        }

        _app.With(Model + """<ModelProfile Include="portable" />""", UserProject.PassThrough);
        _app.BuildRestored().ShouldSucceed();
        _app.BuiltModels.ShouldBe(["digits.portable.onnx"]);
        _app.IntermediateModels.ShouldBe(["digits.portable.onnx"]);
    }

    [Fact]
    public void WhatIsSwitchedOffIsNotThereAndCanBeSwitchedOnByMSBuildAsWell()
    {
        _app.With("""<Model Include="digits.onnx" />""", UserProject.PassThrough).WithDigits().Write("Program.cs", "Console.WriteLine();");
        _app.Run("restore", "--nologo").ShouldSucceed();

        Compiled("-p:ModelCompilerEnabled=false").ShouldBeEmpty();
        _app.BuiltModels.ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(_app.Folder, "obj"), "*.modelmanifest", SearchOption.AllDirectories).ShouldBeEmpty("no class either");

        _app.Run("msbuild", "-t:Build", "-nologo", "-v:n", "-tl:off").ShouldSucceed().Compiled.ShouldBe("digits");
        _app.BuiltModels.ShouldHaveSingleItem();

        Compiled("-p:ModelCompilerEnabled=false").ShouldBeEmpty();
        _app.BuiltModels.ShouldBeEmpty("an app without its class has no use for the model");
    }

    private void WithThreeModels()
    {
        _app.With(Models).WithDigitsAndSidecar().WithDigits("first.onnx").WithDigits("second.onnx").WithSamples("samples").Write("Program.cs", "Console.WriteLine();");
        WithDevice(megabytes: 10);
        _app.Run("restore", "--nologo").ShouldSucceed();
    }

    private void WithDevice(int megabytes) => _app.Write("device.json", $$"""
        { "name": "device", "extends": "linux-arm64", "budgets": { "maxSize": "{{megabytes}}MB" } }
        """);

    /// <summary>The same model with a word about itself at its end, so that other bytes compute the same.</summary>
    private void WithAWordMore(string model)
    {
        var path = Path.Combine(_app.Folder, model);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0x32, 1, (byte)'x']);
    }

    private string Compiled(params string[] arguments) => _app.BuildRestored(arguments).ShouldSucceed().Compiled;

    private Dictionary<string, string> Assets(string configuration) =>
        Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin", configuration), "*.onnx", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToBase64String(File.ReadAllBytes(file)), StringComparer.Ordinal);
}
