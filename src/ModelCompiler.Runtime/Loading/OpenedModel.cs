using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A session with what it was made of.</summary>
/// <param name="Session">The session.</param>
/// <param name="File">The file or bytes.</param>
/// <param name="Profile">The profile whose providers and settings are used; null where none fits this system.</param>
/// <param name="Providers">Of the session, the CPU last.</param>
/// <param name="Skipped">The providers that could not be had, of this profile and of those that gave way to it.</param>
internal sealed record OpenedModel(
    InferenceSession Session, ModelSource File, ModelProfile? Profile, IReadOnlyList<ExecutionProvider> Providers, IReadOnlyList<SkippedProvider> Skipped)
{
    /// <summary>
    /// Opens the first of some files of the same model whose profile gets a provider that it wants. A file for a neural processor or GPU runs on the CPU too, but
    /// slower than what was compiled for the CPU: where none of its providers can be had, the next file is taken, and the last one in any case.
    /// </summary>
    /// <exception cref="ModelLoadException">Not even the CPU can run the model.</exception>
    public static OpenedModel First(IReadOnlyList<(ModelSource File, ModelProfile? Profile)> choices, Func<ModelSource, string> nameOf, Action<SessionOptions> configure)
    {
        var skipped = new List<SkippedProvider>();
        foreach (var (file, profile) in choices.SkipLast(1))
        {
            var opened = Open(file, profile, nameOf(file), configure, skipped);
            if (opened.HasWhatItsProfileWants)
                return opened;
            opened.Session.Dispose();
            skipped.AddRange(opened.Skipped.Skip(skipped.Count));
        }

        return Open(choices[^1].File, choices[^1].Profile, nameOf(choices[^1].File), configure, skipped);
    }

    private bool HasWhatItsProfileWants => Profile is null || Providers.Count > 1 || Profile.Providers is [] or [{ IsCpu: true }, ..];

    private static OpenedModel Open(ModelSource file, ModelProfile? profile, string name, Action<SessionOptions> configure, IEnumerable<SkippedProvider> before)
    {
        var factory = new SessionFactory(profile, configure);
        var content = file.Path is { } path && CompressedModel.Is(path) ? ModelSource.Bytes(CompressedModel.Read(path, name)) : file;
        return new(factory.Create(content, name), file, profile, factory.Providers, [.. before, .. factory.Skipped]);
    }
}
