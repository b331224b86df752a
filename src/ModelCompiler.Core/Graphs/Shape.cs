using System.Collections;
using ModelCompiler.Contract;

namespace ModelCompiler.Graphs;

/// <summary>The shape of a value: a known rank, each axis fixed, named or unknown.</summary>
public sealed class Shape(IEnumerable<Dimension> dimensions) : IReadOnlyList<Dimension>, IEquatable<Shape>
{
    private readonly Dimension[] _dimensions = [.. dimensions];

    public static Shape Scalar { get; } = new([]);

    public int Rank => _dimensions.Length;

    public bool IsFixed => Array.TrueForAll(_dimensions, dimension => dimension.IsFixed);

    public int Count => _dimensions.Length;

    public Dimension this[int axis] => _dimensions[axis];

    public static Shape Of(params ReadOnlySpan<long> sizes)
    {
        var dimensions = new Dimension[sizes.Length];
        for (var i = 0; i < sizes.Length; i++)
            dimensions[i] = Dimension.Of(sizes[i]);
        return new(dimensions);
    }

    /// <summary>The sizes where all are fixed, else null.</summary>
    public long[]? Sizes => IsFixed ? Array.ConvertAll(_dimensions, dimension => dimension.Size!.Value) : null;

    /// <summary>Number of elements where all sizes are fixed, else null.</summary>
    public long? ElementCount => Sizes?.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The same shape with one axis changed.</summary>
    public Shape With(int axis, Dimension dimension)
    {
        var changed = (Dimension[])_dimensions.Clone();
        changed[axis] = dimension;
        return new(changed);
    }

    public bool Equals(Shape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var dimension in _dimensions)
            hash.Add(dimension);
        return hash.ToHashCode();
    }

    public IEnumerator<Dimension> GetEnumerator() => ((IEnumerable<Dimension>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>[1,3,height,?]</c></summary>
    public override string ToString() => $"[{string.Join(',', _dimensions)}]";
}
