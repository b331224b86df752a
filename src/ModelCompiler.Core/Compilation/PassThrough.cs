using ModelCompiler.Cost;
using ModelCompiler.Onnx;

namespace ModelCompiler.Compilation;

/// <summary>Delivers a model as it is, for builds that do not optimize.</summary>
internal static class PassThrough
{
    /// <exception cref="Contract.DiagnosticException">MC1…: the file is no valid model.</exception>
    public static CompileResult Copy(CompileJob job)
    {
        using var staging = new StagingFolder(job);
        using var model = OnnxReader.Read(job.Model);
        var sources = ModelFiles.Of(job.Model, model);
        var staged = staging.PathFor("original");
        IReadOnlyList<string> files = [staged];
        if (sources.Count == 1)
            OutputFiles.Change(staged, () => Copy(job.Model, staged));
        else
            files = OnnxWriter.Write(model, staged, ModelFiles.LayoutOf(job.Profile));

        var bytes = files.Sum(file => new FileInfo(file).Length);
        files = CompressedAsset.Beside(job, files);
        var compressed = ReportBuilder.Compressed(job, files);
        staging.Publish(files);
        var report = ReportBuilder.PassedThrough(job, bytes, ModelCost.Of(model)) with { Compressed = compressed };
        ReportFiles.Publish(job, report, staging);
        return new CompileResult(job.AssetPath, report, []);
    }

    /// <summary>A copy has the time of its original, which may be older than the asset of the last build; what brings assets into the app would take it for that one.</summary>
    private static void Copy(string model, string staged)
    {
        File.Copy(model, staged);
        File.SetLastWriteTimeUtc(staged, DateTime.UtcNow);
    }
}
