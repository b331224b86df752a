namespace ModelCompiler.Passes;

/// <summary>
/// The channels of one value: for each of its axes the id of every place along it, or null where that axis is not followed because its size is open or
/// nothing that could be removed lies on it. Axes are not told apart by meaning: what a layer makes and another one sums over is a channel.
/// </summary>
internal sealed class ValueChannels(IReadOnlyList<int[]?> axes)
{
    public int Rank => axes.Count;

    public int[]? this[int axis] => axes[axis];

    /// <summary>The axes that are followed.</summary>
    public IEnumerable<int[]> Followed => axes.OfType<int[]>();

    public IReadOnlyList<int[]?> Axes => axes;

    public static ValueChannels None(int rank) => new(new int[]?[rank]);

    /// <summary>The same with one axis changed.</summary>
    public ValueChannels With(int axis, int[]? ids) => new([.. axes.Select((old, i) => i == axis ? ids : old)]);

    /// <summary>The same without the axes in <paramref name="dropped"/>, which become axes that are not followed.</summary>
    public ValueChannels Without(IReadOnlyCollection<int> dropped) => new([.. axes.Select((old, i) => dropped.Contains(i) ? null : old)]);
}
