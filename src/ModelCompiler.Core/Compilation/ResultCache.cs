using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>Finished compiles: the same job on the same bytes takes its files from there, whichever folder, project or machine made them.</summary>
internal sealed class ResultCache : IDisposable
{
    /// <summary>For the assets of all models of a folder.</summary>
    private const long MostBytes = 2L << 30;

    private readonly CompileJob _job;
    private readonly HttpTier? _remote;
    private readonly ActionCache _cache;
    private readonly Lazy<string?> _key;

    private ResultCache(CompileJob job, HttpTier? remote)
    {
        (_job, _remote) = (job, remote);
        IEnumerable<ICacheTier> tiers = job.CacheDirectory is { } folder ? [new FolderTier(Path.Combine(folder, "results"), MostBytes)] : [];
        _cache = new([.. tiers, .. remote is null ? Array.Empty<ICacheTier>() : [remote]]);
        _key = new(() => JobKey.Of(job));
    }

    /// <summary>Null where the job has no cache.</summary>
    /// <param name="job">The job.</param>
    /// <param name="report">Is told of trouble with the remote one.</param>
    public static ResultCache? Of(CompileJob job, Action<ModelDiagnostic> report)
    {
        if (job.CacheDirectory is null && job.RemoteCache is null)
            return null;
        var remote = job.RemoteCache is { } address ? new HttpTier(address, reason => report(DiagnosticRules.RemoteCacheTrouble.Create(null, address.Name, reason))) : null;
        return new(job, remote);
    }

    /// <summary>The job's result, with all its files in place; null where it is not known.</summary>
    public CompileResult? Find()
    {
        if (_key.Value is not { } key)
            return null;
        try
        {
            return Find(key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // the compile will run into the same, and say it
        }
    }

    /// <summary>Waits while another build compiles the same job, whose result is then known. Null where no folder is shared with other builds, or they cannot be seen.</summary>
    /// <param name="waiting">Called once if there is one.</param>
    public FileLock? TakeTurn(Action waiting)
    {
        if (_job.CacheDirectory is not { } folder || _key.Value is not { } key)
            return null;
        var turns = Path.Combine(folder, "turns");
        var taken = FileLock.Take(Path.Combine(turns, key), waiting);
        if (taken is not null)
            DeleteOldTurns(turns);
        return taken;
    }

    /// <summary>Keeps a result whose files are in place, if it is one: what failed is tried again the next time.</summary>
    public void Keep(CompileResult result)
    {
        if (result is not { AssetPath: { } asset, Report: { Compiled: { } compiled } report } || _key.Value is not { } key)
            return;
        try
        {
            Keep(key, asset, compiled, report);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another build of the same model has just begun and taken them away, or there is no room: it is kept the next time.
        }
    }

    public void Dispose() => _remote?.Dispose();

    /// <summary>The files are empty and mean nothing once nobody has them open; only their number must not grow for ever.</summary>
    private static void DeleteOldTurns(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => File.GetLastWriteTimeUtc(file) < DateTime.UtcNow.AddDays(-7)))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody has it, or may not delete here: the next build tries again.
            }
        }
    }

    private CompileResult? Find(string key)
    {
        using var staging = new StagingFolder(_job);
        var folder = Path.GetDirectoryName(staging.PathFor("cached"))!;
        if (_cache.Fetch(key, IsExpected, folder) is not { } names || names.Count(IsReport) != 1 || !names.Contains(AssetName, StringComparer.Ordinal))
            return null;
        if (ReportJson.ReadCompile(File.ReadAllText(Path.Combine(folder, ReportName))) is not { Compiled: { } compiled } stored)
            return null;
        var report = stored with
        {
            Model = _job.Model,
            Compiled = compiled with { Path = _job.AssetPath },
            Compressed = stored.Compressed is { } compressed ? compressed with { Path = _job.CompressedAssetPath } : null,
        };
        ReportFiles.Publish(_job, report, staging);
        staging.Publish([Path.Combine(folder, AssetName), .. names.Where(name => name != AssetName && !IsReport(name)).Select(name => Path.Combine(folder, name))]);
        return new CompileResult(_job.AssetPath, report, [.. report.Diagnostics.Select(facts => facts.ToDiagnostic(_job.Model))]);
    }

    private void Keep(string key, string asset, CompiledFacts compiled, CompileReport report)
    {
        using var folder = new Execution.TemporaryFolder();
        var files = Directory.EnumerateFiles(_job.OutputDirectory, AssetName + "*").Where(file => !Directory.Exists(file)).Order(StringComparer.Ordinal).Select(file => Copy(file, folder)).ToList();
        var bare = report with
        {
            Model = Path.GetFileName(_job.Model),
            Compiled = compiled with { Path = Path.GetFileName(asset) },
            Compressed = report.Compressed is { } compressed ? compressed with { Path = Path.GetFileName(compressed.Path) } : null,
        };
        var path = folder.File(ReportName);
        File.WriteAllText(path, ReportJson.Write(bare));
        _cache.Keep(key, [.. files, path]);
    }

    private string AssetName => Path.GetFileName(_job.AssetPath);

    private string ReportName => Path.GetFileName(_job.ReportPath);

    /// <summary>The model, its external data, its compressed form, its report.</summary>
    private bool IsExpected(string name) => IsReport(name) || name.StartsWith(AssetName, StringComparison.Ordinal);

    private bool IsReport(string name) => name == ReportName;

    private static string Copy(string file, Execution.TemporaryFolder folder)
    {
        var copy = folder.File(Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }
}
