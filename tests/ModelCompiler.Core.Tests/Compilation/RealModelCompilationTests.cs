using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Compilation;

public sealed class RealModelCompilationTests
{
    public static TheoryData<string> Models => new(SharedData.Models());

    /// <summary>For a device other than the build machine, so that nothing is timed.</summary>
    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void CompilesWhatOnnxRuntimeRunsAndRefusesTheRestByName(string name)
    {
        var path = SharedData.Require(name);
        using var folder = new TestFolder();

        var result = ModelCompilation.Compile(
            new CompileJob
            {
                Model = path,
                Name = "m",
                OutputDirectory = folder.Path,
                Profile = HardwareProfiles.Read("linux-arm64"),
                Options = new ModelOptions { Compile = new CompileOptions { Precision = "fp32" } },
            },
            new Silent());

        if (result.AssetPath is { } asset)
        {
            OrtModel.Load(asset).Dispose();
            return;
        }

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC1010");
        Should.Throw<DiagnosticException>(() => OrtModel.Load(path));
    }

    private sealed class Silent : ICompileProgress
    {
        public void Report(CompileStep step)
        {
        }
    }
}
