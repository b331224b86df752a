namespace ModelCompiler.Passes;

/// <summary>Numbers the sets of channels that can go: units, in the order in which layers make them.</summary>
internal sealed class ChannelUnits
{
    private readonly ChannelSets _sets;
    private readonly Dictionary<int, int> _units = [];
    private readonly List<int> _roots = [];

    public ChannelUnits(ChannelSets sets, IEnumerable<LayerAxis> producers)
    {
        _sets = sets;
        foreach (var root in producers.SelectMany(producer => producer.Ids).Select(sets.Find))
        {
            if (sets.LockOf(root) is null && _units.TryAdd(root, _roots.Count))
                _roots.Add(root);
        }
    }

    public int Count => _roots.Count;

    /// <summary>The unit of each place along an axis; −1 where it is locked, or no layer makes it.</summary>
    public int[] Of(int[] ids) => Array.ConvertAll(ids, id => _units.GetValueOrDefault(_sets.Find(id), -1));

    /// <summary>The sets of some units, by the ids that stand for them.</summary>
    public IEnumerable<int> RootsOf(IEnumerable<int> units) => units.Select(unit => _roots[unit]);
}
