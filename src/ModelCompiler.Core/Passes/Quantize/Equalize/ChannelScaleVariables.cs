namespace ModelCompiler.Passes;

/// <summary>The unknown scales of channels: free, or fixed at 1 where nothing can take them up. Those that are to be found together are tied.</summary>
internal sealed class ChannelScaleVariables
{
    private readonly List<int> _parents = [];
    private readonly List<bool> _isFixed = [];

    /// <summary>New ones, each free.</summary>
    public int[] Add(int count)
    {
        int[] added = [.. Enumerable.Range(_parents.Count, count)];
        _parents.AddRange(added);
        _isFixed.AddRange(new bool[count]);
        return added;
    }

    public bool IsFixed(int variable) => _isFixed[variable];

    public void Fix(IEnumerable<int> variables)
    {
        foreach (var variable in variables)
            _isFixed[variable] = true;
    }

    public void Tie(int one, int other) => _parents[Math.Max(Root(one), Root(other))] = Math.Min(Root(one), Root(other));

    /// <summary>The one that stands for all that are tied to it: the first of them.</summary>
    public int Root(int variable)
    {
        while (_parents[variable] != variable)
            variable = _parents[variable] = _parents[_parents[variable]];
        return variable;
    }
}
