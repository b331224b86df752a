using System.IO.Compression;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>What an app carries where its profile wants assets compressed: the model as gzip (RFC 1952), beside the file that tools read.</summary>
internal static class CompressedAsset
{
    public const string Ending = ".gz";

    /// <summary>The files of a compiled model, and the compressed one where the profile wants it.</summary>
    /// <param name="job">Names the profile.</param>
    /// <param name="files">The model first, then its external data.</param>
    /// <exception cref="DiagnosticException">MC3016: the weights are in files of their own.</exception>
    public static IReadOnlyList<string> Beside(CompileJob job, IReadOnlyList<string> files)
    {
        if (!job.Profile.Asset.IsCompressed)
            return files;
        if (files.Count > 1)
            throw new DiagnosticException(DiagnosticRules.AssetNotCompressible.Create(job.Model, job.Profile.Name));
        var packed = files[0] + Ending;
        OutputFiles.Change(packed, () => Pack(files[0], packed));
        return [.. files, packed];
    }

    /// <summary>The compressed one of the files that are published; null where there is none.</summary>
    public static string? Among(IReadOnlyList<string> files) => files.FirstOrDefault(file => file.EndsWith(Ending, StringComparison.Ordinal));

    private static void Pack(string file, string packed)
    {
        using var target = File.Create(packed);
        using var gzip = new GZipStream(target, CompressionLevel.SmallestSize);
        using var source = File.OpenRead(file);
        source.CopyTo(gzip);
    }
}
