namespace ModelCompiler.Evaluation;

/// <summary>Samples that two classifiers answer differently.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Samples">Samples that were compared.</param>
/// <param name="Examples">A few of them: those first that only the original answers right.</param>
public sealed record AnswerChanges(int Count, int Samples, IReadOnlyList<AnswerChange> Examples);

/// <summary>A sample that two classifiers answer differently.</summary>
/// <param name="Place">Of the sample in its data set, from 0.</param>
/// <param name="Name">Of the sample.</param>
/// <param name="Label">The right class; null where nobody says.</param>
/// <param name="Original">What the original answers.</param>
/// <param name="Compiled">What the compiled model answers; null for scores that are no numbers.</param>
public sealed record AnswerChange(int Place, string Name, int? Label, int Original, int? Compiled);
