using System.Text.Json.Serialization;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>What a classifier answers differently than the original.</summary>
/// <param name="Count">Samples with another answer.</param>
/// <param name="Samples">Samples that were compared.</param>
/// <param name="Examples">Up to eight of them: those first that only the original answers right.</param>
public sealed record ChangedAnswersFacts(int Count, int Samples, IReadOnlyList<ChangedAnswer> Examples);

/// <param name="Name">Of the sample.</param>
/// <param name="Right">The class that is right; null where nobody says.</param>
/// <param name="Original">What the original answers.</param>
/// <param name="Compiled">What the compiled model answers; null for scores that are no numbers.</param>
public sealed record ChangedAnswer(string Name, ClassAnswer? Right, ClassAnswer Original, ClassAnswer? Compiled)
{
    /// <summary>A small PNG of the image, for the page alone; null for a sample that is none.</summary>
    [JsonIgnore]
    public byte[]? Thumbnail { get; init; }
}

/// <param name="Class">Its index, from 0.</param>
/// <param name="Label">Its name; null where it is not known.</param>
public sealed record ClassAnswer(int Class, string? Label);
