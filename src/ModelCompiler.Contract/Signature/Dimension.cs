namespace ModelCompiler.Contract;

/// <summary>One axis of a shape: a fixed size, a named size that the caller chooses (<c>batch</c>), or unknown.</summary>
public readonly record struct Dimension(long? Size, string? Name)
{
    public static readonly Dimension Unknown;

    public bool IsFixed => Size is not null;

    public static Dimension Of(long size) => new(size, null);

    public static Dimension Named(string name) => new(null, name);

    /// <summary><c>224</c>, <c>batch</c> or <c>?</c>.</summary>
    public override string ToString() =>
        Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Name ?? "?";
}
