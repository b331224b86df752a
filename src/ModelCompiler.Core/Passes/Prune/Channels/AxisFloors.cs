namespace ModelCompiler.Passes;

/// <summary>Knows how many units lie along each axis of each value, and keeps the last.</summary>
internal sealed class AxisFloors
{
    private readonly int[] _held;
    private readonly ILookup<int, int> _axesOfUnit;

    public AxisFloors(ChannelTrace trace, ChannelUnits units)
    {
        // Places that stay count as one more unit, which never goes.
        int[][] axes =
        [
            .. trace.Map.Values.Values.Concat(trace.Map.Constants.Select(constant => constant.Channels))
                .SelectMany(channels => channels.Followed).Distinct().Select(ids => units.Of(ids).Distinct().ToArray()),
        ];
        _held = Array.ConvertAll(axes, axis => axis.Length);
        _axesOfUnit = axes.SelectMany((axis, i) => axis.Where(unit => unit >= 0).Select(unit => (unit, i))).ToLookup(pair => pair.unit, pair => pair.i);
    }

    /// <summary>Those of the units that can go, first come first served.</summary>
    public IReadOnlySet<int> Removable(IEnumerable<int> units)
    {
        var left = (int[])_held.Clone();
        var removable = new HashSet<int>();
        foreach (var unit in units)
        {
            if (_axesOfUnit[unit].Any(axis => left[axis] == 1) || !removable.Add(unit))
                continue;
            foreach (var axis in _axesOfUnit[unit])
                left[axis]--;
        }

        return removable;
    }
}
