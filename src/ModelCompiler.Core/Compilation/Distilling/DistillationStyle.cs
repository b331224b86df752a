namespace ModelCompiler.Compilation.Distilling;

/// <summary>How a form is trained, by what was done to it.</summary>
/// <param name="Rate">How far a step goes at most, of a tensor's usual weight.</param>
internal sealed record DistillationStyle(double Rate)
{
    /// <summary>A model that lost channels, or one that has yet to learn: far from the teacher.</summary>
    public static DistillationStyle Smaller { get; } = new(0.01);

    /// <summary>A model with zeros that must stay.</summary>
    public static DistillationStyle Sparse { get; } = new(0.01) { KeepsZeros = true };

    /// <summary>A model that was rounded: near the teacher, and a step of the rate is a step of the integers.</summary>
    public static DistillationStyle Quantized { get; } = new(0.002);

    /// <summary>Whether weights that are zero stay so.</summary>
    public bool KeepsZeros { get; init; }
}
