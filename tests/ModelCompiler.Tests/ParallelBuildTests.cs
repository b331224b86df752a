namespace ModelCompiler.Tests;

/// <summary>Builds that come together: an IDE's beside the command line's, several projects of one solution.</summary>
public sealed class ParallelBuildTests(PackageFeed package) : IDisposable
{
    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task TwoBuildsOfOneProjectAtOnceCompileItsModelsOnce()
    {
        _app.With("""<Model Include="digits.onnx" /><ModelProfile Include="linux-arm64" />""", "<ModelCompilerCacheDir>none</ModelCompilerCacheDir>").WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();");
        _app.Run("restore", "--nologo").ShouldSucceed();

        var builds = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => _app.Run("msbuild", "-nologo", "-v:n", "-tl:off", "-t:BuildOnlySettings;CompileModels"))));

        foreach (var build in builds)
            build.ShouldSucceed();
        builds.Count(build => build.CompiledModels).ShouldBe(1, string.Join('\n', builds.Select(build => build.Output)));
        _app.IntermediateModels.ShouldBe(["digits.linux-arm64.onnx"]);
        _app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();
    }

    [Fact]
    public void TwoProjectsOfOneSolutionCompileASharedModelOnce()
    {
        using var other = _app.Sibling("Other");
        _app.WithDigits("shared.onnx");
        foreach (var project in new[] { _app, other })
            project.With($"""<Model Include="{_app.Folder}/shared.onnx" /><ModelProfile Include="linux-arm64" />""", "<ModelCompilerCacheDir>$(MSBuildThisFileDirectory)../cache</ModelCompilerCacheDir>").Write("Program.cs", "Console.WriteLine();");
        File.WriteAllText(Path.Combine(_app.Root.FullName, "All.proj"), """
            <Project DefaultTargets="Build">
              <ItemGroup><Every Include="*/*.csproj" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Every)" Targets="Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="@(Every)" BuildInParallel="true" /></Target>
            </Project>
            """);

        var build = DotNet.Run(_app.Root.FullName, package.Packages, "msbuild", "All.proj", "-restore", "-m:2", "-nologo", "-v:n", "-tl:off").ShouldSucceed();

        build.Output.Split("taken from the cache").Length.ShouldBe(2, build.Output);
        other.BuiltModels.ShouldBe(_app.BuiltModels);
    }
}
