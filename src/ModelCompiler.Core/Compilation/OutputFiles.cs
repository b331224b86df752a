using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>Changes to the output folder, whose failures are the machine's (no permission, no space, a file in use) and not the compiler's.</summary>
internal static class OutputFiles
{
    /// <exception cref="DiagnosticException">MC5002: the change cannot be made.</exception>
    public static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.OutputUnwritable.Create(path, exception.Message));
        }
    }

    /// <summary>Takes away what an earlier compile of the job left: whatever happens now, nobody shall take an old result for a new one.</summary>
    /// <exception cref="DiagnosticException">MC5002: a file cannot be deleted.</exception>
    public static void Clear(CompileJob job) => Change(job.OutputDirectory, () =>
    {
        Directory.CreateDirectory(job.OutputDirectory);
        foreach (var file in Directory.EnumerateFiles(job.OutputDirectory, Path.GetFileName(job.AssetPath) + "*"))
            File.Delete(file);   // the model and its external data
        foreach (var file in job.ReportPaths)
            File.Delete(file);
        StagingFolder.RemoveAbandoned(job);
    });
}
