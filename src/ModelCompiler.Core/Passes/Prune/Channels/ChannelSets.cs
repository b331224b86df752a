namespace ModelCompiler.Passes;

/// <summary>Channels that can only go together: a union-find over ids. A set is locked, for the first reason given, when one of its channels must stay.</summary>
internal sealed class ChannelSets
{
    private readonly List<int> _parents = [];
    private readonly Dictionary<int, string> _locks = [];

    /// <summary>New channels, each in a set of its own.</summary>
    public int[] Add(int count)
    {
        var ids = Enumerable.Range(_parents.Count, count).ToArray();
        _parents.AddRange(ids);
        return ids;
    }

    /// <summary>The id that stands for the set of a channel: the lowest of them.</summary>
    public int Find(int id)
    {
        while (_parents[id] != id)
            id = _parents[id] = _parents[_parents[id]];
        return id;
    }

    public void Join(int a, int b)
    {
        var (first, second) = (Find(a), Find(b));
        if (first == second)
            return;
        var (root, child) = first < second ? (first, second) : (second, first);
        _parents[child] = root;
        if (_locks.Remove(child, out var reason))
            _locks.TryAdd(root, reason);
    }

    /// <summary>Says why none of the set's channels can go: a clause that stands by itself, such as <c>'y' is an output of the model</c>.</summary>
    public void Lock(int id, string reason) => _locks.TryAdd(Find(id), reason);

    /// <summary>Why the set is locked; null where it is free.</summary>
    public string? LockOf(int id) => _locks.GetValueOrDefault(Find(id));

    public int CountSets(IEnumerable<int> ids) => ids.Select(Find).Distinct().Count();
}
