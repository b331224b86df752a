namespace ModelCompiler.Calibration.Checks;

/// <summary>A data set of the project after its samples have passed.</summary>
/// <param name="Role">What it is to the compile, for messages: <c>calibration data</c> or <c>evaluation data</c>.</param>
/// <param name="Set">The set.</param>
/// <param name="Samples">What is remembered of those that were used, in their order.</param>
/// <param name="Image">The input that is an image; null where none is.</param>
internal sealed record SeenData(string Role, DataSet Set, IReadOnlyList<SampleTraits> Samples, Contract.ManifestInput? Image)
{
    /// <summary>The folder or file, always written the same way.</summary>
    public string FullPath => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Set.Path));

    /// <summary>Of its folder or file: where that lies is nobody's business but the machine's.</summary>
    public string Name => Path.GetFileName(FullPath);

    /// <summary>Whether all samples are one and the same, so that none repeats another by mistake.</summary>
    public bool IsOneSample => Samples.All(sample => sample.Content == Samples[0].Content);
}
