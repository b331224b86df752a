using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>For inputs whose elements have no neighbours: any signs first, then new ones for any elements.</summary>
internal sealed class SubsetMoves : IPerturbationMoves
{
    public void Begin(Span<sbyte> signs, Noise noise)
    {
        foreach (ref var sign in signs)
            sign = noise.Sign();
    }

    public void Change(Span<sbyte> signs, double share, Noise noise)
    {
        for (var count = Math.Max(1, (int)Math.Round(share * signs.Length)); count > 0; count--)
            signs[noise.Below(signs.Length)] = noise.Sign();
    }
}
