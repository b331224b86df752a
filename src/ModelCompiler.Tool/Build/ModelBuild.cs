using ModelCompiler.Caching;
using ModelCompiler.Compilation;
using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;
using ModelCompiler.Profiles;
using ModelCompiler.Tool.Output;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tool.Build;

/// <summary>Compiles one model of a build for one profile. Whatever happens to it, the next one has its turn.</summary>
internal static class ModelBuild
{
    /// <param name="model">The model.</param>
    /// <param name="profile">Name or file.</param>
    /// <param name="build">Of which it is a part.</param>
    /// <param name="remote">The cache of the team; null for none.</param>
    /// <param name="output">Where diagnostics and the summary go.</param>
    public static void Run(ModelRequest model, string profile, BuildRequest build, RemoteCacheAddress? remote, CommandOutput output)
    {
        try
        {
            var job = JobOf(model, HardwareProfiles.Read(profile), build, remote);
            var title = $"{job.Name} → {job.Profile.Name}";
            var (result, accepted) = ProgressDisplay.Run(output, progress => Compile(job, build, new TitledProgress(title, progress)));
            output.Report(result.Diagnostics);
            if (result is { AssetPath: not null, Report: { } report })
                Console.Out.WriteLine(SummaryLine.Of(model.Name, report));
            if (accepted is not null)
                Console.Out.WriteLine($"{title}: {LockText.Of(accepted)}");
        }
        catch (DiagnosticException exception)
        {
            output.Report(exception.Diagnostic);
        }
        catch (Exception exception)
        {
            output.Report(InternalError.Of(exception) with { File = model.Model });
        }
    }

    private static AcceptedCompile Compile(CompileJob job, BuildRequest build, ICompileProgress progress) =>
        build.Accept ? LockedCompilation.Accept(job, progress) : new AcceptedCompile(LockedCompilation.Judge(job, progress), null);

    private static CompileJob JobOf(ModelRequest model, HardwareProfile profile, BuildRequest build, RemoteCacheAddress? remote) => new()
    {
        Model = model.Model,
        Name = model.Name,
        OutputDirectory = model.OutputDirectory,
        Profile = profile,
        Options = model.Options,
        Optimize = build.Optimize,
        CacheDirectory = build.CacheDirectory,
        RemoteCache = remote,
        MemoryMeter = new ProcessMemoryMeter([.. build.NativePaths]),
    };

    /// <summary>Says of each step which model it is about.</summary>
    private sealed class TitledProgress(string title, ICompileProgress progress) : ICompileProgress
    {
        public void Report(CompileStep step) => progress.Report(step with { Text = $"{title}: {step.Text}" });
    }
}
