using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>
/// Everything a model's outputs depend on, as text: the request, the compiler, and for each file its size and time. A data set is
/// listed, so that a file that was added or taken away counts as a change.
/// </summary>
internal static class InputFingerprint
{
    public static string Of(ModelRequest request, BuildRequest build, string tool)
    {
        // Where results are kept changes none of them.
        var lines = new List<string> { "compiler " + tool, BuildRequestFile.Write(build with { Models = new([request]), CacheDirectory = null, RemoteCache = null, RemoteCacheUpload = true }) };
        lines.AddRange(Files(request).Select(Describe));
        return string.Join("\n", lines) + "\n";
    }

    private static IEnumerable<string> Files(ModelRequest request)
    {
        var compile = request.Options.Compile;
        string?[] named = [request.Model, request.Options.Labels, compile.Calibration, compile.Evaluation, compile.Teacher];
        var external = SignatureReader.Read(request.Model).ExternalFiles.Select(file => Path.Combine(Path.GetDirectoryName(request.Model)!, file));
        var boxes = new[] { compile.Calibration, compile.Evaluation }.OfType<string>().Select(BoxLabels.MirrorOf).OfType<string>();
        return named.OfType<string>().Concat(boxes).Concat(external).Concat(request.Profiles.Where(Path.IsPathRooted));
    }

    private static string Describe(string path)
    {
        if (File.Exists(path))
            return DescribeFile(path);
        if (!Directory.Exists(path))
            return $"none {path}";
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).OrderBy(file => file, StringComparer.Ordinal).Select(DescribeFile).ToArray();
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", files)));
        return $"folder {path} {files.Length} {BitConverter.ToString(hash)}";
    }

    private static string DescribeFile(string path)
    {
        var file = new FileInfo(path);
        return string.Format(CultureInfo.InvariantCulture, "file {0} {1} {2}", path, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
