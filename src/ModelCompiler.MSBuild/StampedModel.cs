using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>A model to compile, and the stamp file that says from what its outputs were made.</summary>
/// <param name="request">The model.</param>
/// <param name="build">The build that it is part of.</param>
/// <param name="tool">What identifies the compiler.</param>
internal sealed class StampedModel(ModelRequest request, BuildRequest build, string tool)
{
    // As they are now: a file that is saved while its model is being compiled counts as changed the next time.
    private readonly string _inputs = InputFingerprint.Of(request, build, tool);
    private string _lock = InputFingerprint.OfLock(request);

    public ModelRequest Request => request;

    public IEnumerable<string> Outputs => request.Profiles.Select(ProfileReader.Read).SelectMany(profile => new[]
    {
        ModelAsset.ModelName(request.Name, profile),
        ModelAsset.FileName(request.Name, profile),
        ModelAsset.ReportName(request.Name, profile),
    }.Concat(ModelAsset.DocumentNames(request.Name, profile))).Select(name => Path.Combine(request.OutputDirectory, name));

    public static string StampFile(ModelRequest request) => Path.Combine(request.OutputDirectory, request.Name + ".stamp");

    /// <summary>Whether every output is there and was made from what the inputs are now.</summary>
    public bool IsUpToDate() => MissingOutput() is null && ChangedText.Read(StampFile(request)) == _inputs + _lock;

    public string? MissingOutput() => Outputs.FirstOrDefault(output => !File.Exists(output));

    /// <summary>Takes away what is out of date, so that a compile that fails leaves nothing behind that looks current.</summary>
    public void DeleteOutputs()
    {
        File.Delete(StampFile(request));
        foreach (var output in Outputs.SelectMany(output => Directory.GetFiles(request.OutputDirectory, Path.GetFileName(output) + "*")))
            File.Delete(output);   // an asset and the data files beside it
    }

    /// <summary>Of the lock, what counts is what it says now: the compile has written it, and the outputs are as it says.</summary>
    public void TakeLock() => _lock = InputFingerprint.OfLock(request);

    /// <summary>Says that the outputs are made from the inputs as they were before compiling began.</summary>
    public void Stamp() => ChangedText.Write(StampFile(request), _inputs + _lock);
}
