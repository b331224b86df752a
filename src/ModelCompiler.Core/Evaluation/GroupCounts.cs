namespace ModelCompiler.Evaluation;

/// <summary>Counts right answers of two models, group by group.</summary>
/// <typeparam name="TKey">What names a group.</typeparam>
/// <param name="order">The order of the groups.</param>
internal sealed class GroupCounts<TKey>(IComparer<TKey> order)
    where TKey : notnull
{
    private readonly SortedDictionary<TKey, Counts> _groups = new(order);

    /// <summary>Groups that occur.</summary>
    public int Count => _groups.Count;

    public void Add(TKey group, bool originalIsRight, bool compiledIsRight)
    {
        var known = _groups.GetValueOrDefault(group);
        _groups[group] = new Counts(
            known.Samples + 1,
            known.OriginalCorrect + (originalIsRight ? 1 : 0),
            known.CompiledCorrect + (compiledIsRight ? 1 : 0),
            known.Lost + (originalIsRight && !compiledIsRight ? 1 : 0));
    }

    /// <summary>What <paramref name="create"/> makes of each group, in order.</summary>
    public T[] Select<T>(Func<TKey, Counts, T> create) => [.. _groups.Select(group => create(group.Key, group.Value))];
}

/// <param name="Samples">Samples counted.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
internal readonly record struct Counts(int Samples, int OriginalCorrect, int CompiledCorrect, int Lost);
