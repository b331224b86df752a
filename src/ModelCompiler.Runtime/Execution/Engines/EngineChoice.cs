namespace ModelCompiler;

/// <summary>A file of the model and the profile by whose providers and settings it runs.</summary>
/// <param name="File">The file or bytes.</param>
/// <param name="Profile">Null where no profile fits this system.</param>
internal sealed record EngineChoice(ModelSource File, ModelProfile? Profile)
{
    /// <summary>Whether the file is one that the app carries, to be compared with what its code knows of the content.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The providers that the profile wants before the CPU.</summary>
    public IReadOnlyList<ExecutionProvider> Accelerators { get; } = [.. (Profile?.Providers ?? []).TakeWhile(provider => !provider.IsCpu)];
}
