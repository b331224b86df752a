using ModelCompiler.Evaluation.Adversarial;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>
/// What a short random search for changes of the input did to the answers of original and compiled model. A probe: it shows the least that an attacker can do, never the most.
/// </summary>
/// <param name="Samples">Samples that were changed.</param>
/// <param name="Queries">Runs of the search at most, for each sample and model.</param>
/// <param name="Budget">What each element may change by, as a share of its range: of 0 to 255 for the bytes of an image, else of what was seen.</param>
/// <param name="Original">The share of the original's answers that changed, from 0 to 1; null where nothing was measured.</param>
/// <param name="Compiled">The share of the compiled model's answers that changed, from 0 to 1.</param>
/// <param name="OriginalQueries">The median of the queries that changed one; null where none changed.</param>
/// <param name="CompiledQueries">The same of the compiled model.</param>
/// <param name="PValue">McNemar's exact test: how likely so uneven a split of the samples is if both models are equally sensitive.</param>
/// <param name="NotMeasured">Why nothing was measured; null where it was.</param>
public sealed record AdversarialFacts(
    int Samples, int Queries, double? Budget, double? Original, double? Compiled, double? OriginalQueries, double? CompiledQueries, double? PValue, string? NotMeasured)
{
    internal static AdversarialFacts Not(string why) => new(0, 0, null, null, null, null, null, null, why);

    /// <param name="original">For each sample the original's answer, and the query that changed it.</param>
    /// <param name="compiled">The same of the compiled model.</param>
    /// <param name="queries">At most.</param>
    internal static AdversarialFacts Of(IReadOnlyList<(int Answer, int? Query)> original, IReadOnlyList<(int Answer, int? Query)> compiled, int queries)
    {
        var answered = original.Zip(compiled).Where(pair => pair.First.Answer != TopClass.None && pair.Second.Answer != TopClass.None).ToArray();
        if (answered.Length == 0)
            return Not("no output is one row of scores of classes");
        var (before, after) = (Array.ConvertAll(answered, pair => pair.First.Query), Array.ConvertAll(answered, pair => pair.Second.Query));
        return new AdversarialFacts(
            answered.Length,
            queries,
            Rounded.Share(PerturbationLimits.Budget),
            Rounded.Share(Share(before)),
            Rounded.Share(Share(after)),
            Median(before),
            Median(after),
            Rounded.Share(PairedProportions.McNemarExact(Only(before, after), Only(after, before))),
            null);
    }

    private static double Share(IReadOnlyList<int?> flips) => (double)flips.Count(query => query is not null) / flips.Count;

    /// <summary>Samples of which only the first changed.</summary>
    private static int Only(IReadOnlyList<int?> first, IReadOnlyList<int?> second) => first.Zip(second).Count(pair => pair is { First: not null, Second: null });

    private static double? Median(IReadOnlyList<int?> flips)
    {
        int[] queries = [.. flips.OfType<int>().Order()];
        return queries.Length == 0 ? null : (queries[(queries.Length - 1) / 2] + queries[queries.Length / 2]) / 2.0;
    }
}
