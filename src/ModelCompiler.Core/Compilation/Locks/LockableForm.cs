using System.Reflection;
using System.Security.Cryptography;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Locks;

/// <summary>What a finished compile came to, in the form in which a lock keeps it.</summary>
internal static class LockableForm
{
    private static string? CompilerVersion { get; } =
        typeof(LockableForm).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <param name="job">The job.</param>
    /// <param name="report">Its report.</param>
    /// <param name="compiled">What it wrote, which lies in the output folder.</param>
    public static LockedForm Of(CompileJob job, CompileReport report, CompiledFacts compiled) => new()
    {
        Profile = report.Profile,
        Model = Sha256OfModel(job.Model),
        Compiler = CompilerVersion,
        Evaluation = DataContent.Sha256(job.Options.Compile.Evaluation),
        Calibration = DataContent.Sha256(job.Options.Compile.Calibration),
        Precision = report.Precision,
        Pruning = report.Pruning is { } pruning ? new(pruning.Method, pruning.Removed) : null,
        IntegerOperators = report.Quantized?.Integer,
        KeptInFloat = new(report.Quantized?.Kept.Select(kept => kept.Node) ?? []),
        Bytes = compiled.Bytes,
        CompressedBytes = report.Compressed?.Bytes,
        Macs = compiled.Macs,
        Accuracy = report.Accuracy is { } accuracy ? Of(accuracy) : null,
        Fidelity = report.Fidelity is { } fidelity ? new(fidelity.SqnrDb, fidelity.Top1Agreement, fidelity.Samples) : null,
        LatencyRatio = report.Latency is { } latency ? Math.Round(latency.Ratio, 1) : null,
        Compiled = compiled.Sha256,
        Ranges = ActivationRanges.Of(compiled.Path),
    };

    private static LockedAccuracy Of(AccuracyFacts accuracy) => new(accuracy.Metric, accuracy.Original ?? accuracy.Compiled, accuracy.Compiled, accuracy.Samples)
    {
        Drop = accuracy.Drop ?? 0,
        Ci95 = Interval(accuracy.Ci95),
        CompiledCi95 = Interval(accuracy.CompiledCi95),
    };

    private static LockedInterval? Interval(double[]? ends) => ends is [var low, var high] ? new(low, high) : null;

    /// <summary>Of the file's bytes, followed by those of its external data in the order of their names.</summary>
    private static string Sha256OfModel(string model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var folder = Path.GetDirectoryName(model)!;
        foreach (var path in SignatureReader.Read(model).ExternalFiles.Order(StringComparer.Ordinal).Select(file => Path.Combine(folder, file)).Prepend(model))
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[1 << 16];
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
                hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
