namespace ModelCompiler.Tests;

/// <summary>Resize and normalise as one writes it: a loop over the output's pixels, and for each over the source's pixels under it.</summary>
internal readonly struct ObviousLoops<TReader>(TReader reader, int sourceWidth, int sourceHeight, Target target)
    where TReader : struct, IPixelReader
{
    /// <summary>The same result as ours: bilinear with antialiasing.</summary>
    public void Antialiased(byte[] frame, float[] output)
    {
        var (scaleX, scaleY) = (target.ScaleX, target.ScaleY);
        for (var y = 0; y < Target.Side; y++)
        {
            var centerY = (y + target.Top + 0.5f) * scaleY;
            var (top, bottom) = (Math.Max(0, (int)(centerY - scaleY + 0.5f)), Math.Min(sourceHeight, (int)(centerY + scaleY + 0.5f)));
            for (var x = 0; x < Target.Side; x++)
            {
                var centerX = (x + target.Left + 0.5f) * scaleX;
                var (left, right) = (Math.Max(0, (int)(centerX - scaleX + 0.5f)), Math.Min(sourceWidth, (int)(centerX + scaleX + 0.5f)));
                float r = 0, g = 0, b = 0, sum = 0;
                for (var v = top; v < bottom; v++)
                {
                    var weightY = 1 - (Math.Abs(v + 0.5f - centerY) / scaleY);
                    for (var u = left; u < right; u++)
                    {
                        var weight = weightY * (1 - (Math.Abs(u + 0.5f - centerX) / scaleX));
                        var pixel = reader.At(frame, u, v);
                        r += weight * pixel.R;
                        g += weight * pixel.G;
                        b += weight * pixel.B;
                        sum += weight;
                    }
                }

                Write(output, x, y, r / sum, g / sum, b / sum);
            }
        }
    }

    /// <summary>Less work and another result: the four pixels around the centre, whatever the scale.</summary>
    public void FourTaps(byte[] frame, float[] output)
    {
        for (var y = 0; y < Target.Side; y++)
        {
            var v = Math.Clamp(((y + target.Top + 0.5f) * target.ScaleY) - 0.5f, 0, sourceHeight - 1);
            var (top, bottom, down) = ((int)v, Math.Min((int)v + 1, sourceHeight - 1), v - (int)v);
            for (var x = 0; x < Target.Side; x++)
            {
                var u = Math.Clamp(((x + target.Left + 0.5f) * target.ScaleX) - 0.5f, 0, sourceWidth - 1);
                var (left, right, across) = ((int)u, Math.Min((int)u + 1, sourceWidth - 1), u - (int)u);
                var (a, b) = (reader.At(frame, left, top), reader.At(frame, right, top));
                var (c, d) = (reader.At(frame, left, bottom), reader.At(frame, right, bottom));
                Write(output, x, y, Mix(a.R, b.R, c.R, d.R, across, down), Mix(a.G, b.G, c.G, d.G, across, down), Mix(a.B, b.B, c.B, d.B, across, down));
            }
        }
    }

    private static float Mix(float a, float b, float c, float d, float across, float down)
    {
        var above = a + (across * (b - a));
        return above + (down * (c + (across * (d - c)) - above));
    }

    private static void Write(float[] output, int x, int y, float r, float g, float b)
    {
        const int Plane = Target.Side * Target.Side;
        var i = (y * Target.Side) + x;
        output[i] = ((Math.Clamp(r, 0, 255) / 255) - Target.Mean[0]) / Target.Std[0];
        output[Plane + i] = ((Math.Clamp(g, 0, 255) / 255) - Target.Mean[1]) / Target.Std[1];
        output[(2 * Plane) + i] = ((Math.Clamp(b, 0, 255) / 255) - Target.Mean[2]) / Target.Std[2];
    }
}
