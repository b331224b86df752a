using ModelCompiler.Calibration;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>The moves of the Square Attack (Andriushchenko et al. 2020): vertical stripes first, then squares of one sign a channel, which convolutions respond to.</summary>
internal sealed class SquareMoves(ImagePlanes planes) : IPerturbationMoves
{
    public void Begin(Span<sbyte> signs, Noise noise)
    {
        for (var channel = 0; channel < planes.Channels; channel++)
        {
            for (var x = 0; x < planes.Width; x++)
                Fill(signs, channel, (0, planes.Height), (x, x + 1), noise);
        }
    }

    public void Change(Span<sbyte> signs, double share, Noise noise)
    {
        var side = Math.Clamp((int)Math.Round(Math.Sqrt(share * planes.Height * planes.Width)), 1, Math.Min(planes.Height, planes.Width));
        var (top, left) = (noise.Below(planes.Height - side + 1), noise.Below(planes.Width - side + 1));
        for (var channel = 0; channel < planes.Channels; channel++)
            Fill(signs, channel, (top, top + side), (left, left + side), noise);
    }

    private void Fill(Span<sbyte> signs, int channel, (int First, int End) rows, (int First, int End) columns, Noise noise)
    {
        var sign = noise.Sign();
        for (var y = rows.First; y < rows.End; y++)
        {
            for (var x = columns.First; x < columns.End; x++)
                signs[planes.IndexOf(channel, y, x)] = sign;
        }
    }
}
