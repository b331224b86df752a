namespace ModelCompiler.Evaluation.Reports;

/// <summary>A data set that a compile used.</summary>
/// <param name="Role"><c>calibration</c>, <c>evaluation</c> or <c>outOfDistribution</c>; one that is two of them is listed twice.</param>
/// <param name="Name">Of its folder or file, without the path; <c>synthetic inputs</c> where it was made up.</param>
/// <param name="Samples">Samples in it.</param>
public sealed record DataFacts(string Role, string Name, int Samples)
{
    /// <summary>
    /// Of a file, its SHA-256; of a folder, that of what <c>sha256sum</c> prints for the files of samples and labels, in the ordinal order of their paths. Null for
    /// samples that are made up.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether each sample has a class or boxes.</summary>
    public bool Labelled { get; init; }

    /// <summary>Different classes among the labels; null without labels, and for boxes.</summary>
    public int? Classes { get; init; }

    /// <summary>As its description says; null where nobody says.</summary>
    public string? License { get; init; }

    /// <summary>As its description says; null where nobody says.</summary>
    public string? Source { get; init; }

    /// <summary>As its description says; null where nobody says.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the compiler made the samples up from the model's signature.</summary>
    public bool Synthetic { get; init; }
}
