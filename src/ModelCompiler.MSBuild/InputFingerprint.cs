using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>Everything a model's outputs depend on, as text: the request, the compiler, and how each file looks.</summary>
internal static class InputFingerprint
{
    public static string Of(ModelRequest request, BuildRequest build, string tool)
    {
        // Where results are kept changes none of them, nor who accepts them.
        var lines = new List<string> { "compiler " + tool, BuildRequestFile.Write(build with { Models = new([request]), CacheDirectory = null, RemoteCache = null, RemoteCacheUpload = true, Accept = false }) };
        lines.AddRange(Files(request).Select(file => $"{file} {FileState.Of(file)}"));
        return string.Join("\n", lines) + "\n";
    }

    /// <summary>The model and what is said to belong to it, data sets as folders, and the profiles with those that they extend.</summary>
    public static IEnumerable<string> Files(ModelRequest request)
    {
        var compile = request.Options.Compile;
        string?[] named = [request.Model, request.Options.Labels, compile.Calibration, compile.Evaluation, compile.OutOfDistribution, compile.Teacher];
        var external = SignatureReader.Read(request.Model).ExternalFiles.Select(file => Path.Combine(Path.GetDirectoryName(request.Model)!, file));
        var besides = new[] { compile.Calibration, compile.Evaluation, compile.OutOfDistribution }.OfType<string>().SelectMany(data => new[] { BoxLabels.MirrorOf(data), MaskLabels.MirrorOf(data), DataSetDescription.PathFor(data) }).OfType<string>();
        return named.OfType<string>().Concat(besides).Concat(external).Concat(request.Profiles.SelectMany(ProfileReader.Files));
    }

    /// <summary>The lock that the outputs were judged by, as one line; also where there is none.</summary>
    public static string OfLock(ModelRequest request) => $"lock {FileState.Of(LockFile(request))}\n";

    public static string LockFile(ModelRequest request) => ModelLockFile.PathFor(request.Model, request.Name);
}
