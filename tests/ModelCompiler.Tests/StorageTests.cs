namespace ModelCompiler.Tests;

/// <summary>
/// Folders that cannot be written and disks that are full, as containers and build servers have them. Permissions do not bind every user, so that the folders are mounted so, in a name space that only the test sees.
/// </summary>
public sealed class StorageTests(PackageFeed package) : IDisposable
{
    private const string Program = """
        using App;
        using ModelCompiler;

        using var digits = Digits.Load();
        Console.WriteLine(digits.Classify(PixelBuffer.Gray(new byte[28 * 28], 28, 28)).Score > 0);
        """;

    private const string Build = "dotnet build --nologo --no-restore -v:n -tl:off";

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    /// <summary>The tests' cache is a folder of the project, so that it cannot be written either.</summary>
    [Fact]
    public void SourcesThatCannotBeWrittenAreBuiltElsewhere()
    {
        const string MakeReadOnly = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && ! touch x 2> /dev/null";
        SkipUnlessPossible(MakeReadOnly);
        var elsewhere = Path.Combine(_app.Root.FullName, "elsewhere");
        _app.With("""<Model Include="digits.onnx" Precision="int8" Calibration="samples" />""").WithDigitsAndSidecar().WithSamples("samples").Write("Program.cs", Program)
            .Write("Directory.Build.props", $"<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>{elsewhere}</ArtifactsPath></PropertyGroup></Project>");
        var before = Files();

        Run($"{MakeReadOnly} && dotnet restore --nologo && {Build}").ShouldSucceed();

        Files().ShouldBe(before);
        _app.RunApp(Path.Combine(elsewhere, "bin", "App", "debug")).ShouldSucceed().Output.Trim().ShouldBe("True");

        string[] Files() => [.. Directory.EnumerateFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("160K", "there is room for the class and not for the model")]
    [InlineData("0", "there is no room for anything")]
    public void AFullDiskIsOneErrorAndTheBuildAfterwardsIsRight(string free, string why)
    {
        const string Mount = "mkdir -p obj && mount -t tmpfs -o size=16m none obj";
        SkipUnlessPossible(Mount);
        _app.With("""<Model Include="digits.onnx" Precision="fp32" />""").WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();");

        // Everything but the model is there before the disk is full, so that nothing but the model has to be written.
        var result = Run($"""
            {Mount}
            dotnet restore --nologo -v:q && {Build} -v:q -p:ModelCompilerEnabled=false
            head -c 17m /dev/zero > obj/filler 2> /dev/null; truncate -s -{free} obj/filler
            echo "== full"; {Build}; echo "exit $?"; find obj bin -name '*.onnx*'
            rm obj/filler
            echo "== free"; {Build}; echo "exit $?"
            """);

        var (full, freed) = (Between(result.Output, "== full", "== free"), Between(result.Output, "== free", null));
        full.ShouldFailWith("MC5002", "No space left on device");
        full.Errors[0].ShouldContain(Path.Combine("obj", "Debug", "net10.0", "models"), customMessage: why);
        full.Output[full.Output.IndexOf("exit 1", StringComparison.Ordinal)..].ShouldNotContain(".onnx", customMessage: "half a model");
        freed.ShouldSucceed();
        _app.Write("Program.cs", Program).BuiltModels.ShouldHaveSingleItem();
        _app.Build().ShouldSucceed();
        _app.RunApp().ShouldSucceed().Output.Trim().ShouldBe("True");
    }

    private static DotNetResult Between(string output, string from, string? to)
    {
        var start = output.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, output);
        var part = output[start..(to is null ? output.Length : output.IndexOf(to, StringComparison.Ordinal))];
        return new DotNetResult(part.Contains("exit 0", StringComparison.Ordinal) ? 0 : 1, part);
    }

    private void SkipUnlessPossible(string mount)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/unshare"), "folders can be mounted for one process on Linux only, with unshare of util-linux");
        var attempt = Run(mount);
        Assert.SkipWhen(attempt.ExitCode != 0, $"this user may not mount folders: {attempt.Output.Trim()}");
    }

    private DotNetResult Run(string script) => DotNet.RunProgram("/usr/bin/unshare", _app.Folder, package.Packages, "--map-root-user", "--mount", "sh", "-c", script);
}
