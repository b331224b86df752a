namespace ModelCompiler.Compilation.Locks;

/// <summary>A measured figure beside the locked one.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Locked">As it was accepted, for people.</param>
/// <param name="Present">As it is, for people; null where it is not measured any more.</param>
/// <param name="Loss">By how much it is worse, in a unit of its own; negative where it is better.</param>
/// <param name="Noise">What of that means nothing.</param>
internal sealed record LockedFigure(string Name, string Locked, string? Present, double Loss, double Noise)
{
    /// <summary>For rounded figures whose difference is exactly the noise.</summary>
    private const double Rounding = 1e-9;

    /// <summary>A figure that was locked and is not measured any more: nothing shows that it is still so good.</summary>
    public static LockedFigure Lost(string name, string locked) => new(name, locked, null, 1, 0);

    public bool IsWorse => Loss > Noise + Rounding;

    public bool IsBetter => -Loss > Noise + Rounding;

    public override string ToString() => Present is null ? $"{Name} is not measured any more, and was {Locked}" : $"{Name} is {Present}, and was {Locked}";
}
