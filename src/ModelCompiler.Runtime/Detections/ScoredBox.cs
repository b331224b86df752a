namespace ModelCompiler;

/// <summary>An object that a model sees: where, of which class, and how sure it is.</summary>
/// <param name="Box">Around the object.</param>
/// <param name="Class">Index of the class.</param>
/// <param name="Score">From 0 to 1.</param>
public readonly record struct ScoredBox(BoundingBox Box, int Class, float Score) : IComparable<ScoredBox>
{
    /// <summary>Best score first; where scores are equal by class and place, so that the order never depends on the order of the boxes before.</summary>
    public int CompareTo(ScoredBox other)
    {
        var order = other.Score.CompareTo(Score);
        if (order == 0)
            order = Class.CompareTo(other.Class);
        if (order == 0)
            order = Box.Left.CompareTo(other.Box.Left);
        if (order == 0)
            order = Box.Top.CompareTo(other.Box.Top);
        if (order == 0)
            order = Box.Right.CompareTo(other.Box.Right);
        return order == 0 ? Box.Bottom.CompareTo(other.Box.Bottom) : order;
    }

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ScoredBox left, ScoredBox right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(ScoredBox left, ScoredBox right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ScoredBox left, ScoredBox right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(ScoredBox left, ScoredBox right) => left.CompareTo(right) >= 0;
}
