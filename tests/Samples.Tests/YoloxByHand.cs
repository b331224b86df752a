using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelCompiler;

namespace Samples.Tests;

/// <summary>YOLOX-nano, called as an app without this product has to call it (YOLOX, demo/ONNXRuntime).</summary>
internal static class YoloxByHand
{
    private const int Side = 416;
    private const int NumbersOfBox = 85;

    /// <summary>What the model sees in a picture of 416×416, which need not be resized: surest first.</summary>
    public static List<(int Class, float Score, BoundingBox Box)> Detect(string model, ReadOnlySpan<byte> rgb)
    {
        var input = new DenseTensor<float>([1, 3, Side, Side]);
        for (var i = 0; i < Side * Side; i++)
        {
            for (var channel = 0; channel < 3; channel++)
                input.SetValue((channel * Side * Side) + i, rgb[(3 * i) + 2 - channel]);
        }

        using var session = new InferenceSession(model);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("images", input)]);
        var candidates = Decode([.. outputs[0].AsEnumerable<float>()]).Where(box => box.Score >= 0.25f).OrderByDescending(box => box.Score);
        var kept = new List<(int Class, float Score, BoundingBox Box)>();
        foreach (var candidate in candidates)
        {
            if (!kept.Exists(other => other.Class == candidate.Class && Overlap(other.Box, candidate.Box) > 0.45f))
                kept.Add(candidate);
        }

        return kept;
    }

    private static IEnumerable<(int Class, float Score, BoundingBox Box)> Decode(float[] output)
    {
        var start = 0;
        foreach (var stride in new[] { 8, 16, 32 })
        {
            for (var cell = 0; cell < Side / stride * (Side / stride); cell++, start += NumbersOfBox)
            {
                var (x, y) = ((output[start] + (cell % (Side / stride))) * stride, (output[start + 1] + (cell / (Side / stride))) * stride);
                var (halfWidth, halfHeight) = (MathF.Exp(output[start + 2]) * stride / 2, MathF.Exp(output[start + 3]) * stride / 2);
                var best = Enumerable.Range(0, NumbersOfBox - 5).MaxBy(index => output[start + 5 + index]);
                yield return (best, output[start + 4] * output[start + 5 + best], new(Cut(x - halfWidth), Cut(y - halfHeight), Cut(x + halfWidth), Cut(y + halfHeight)));
            }
        }
    }

    private static float Cut(float place) => Math.Clamp(place, 0, Side);

    private static float Overlap(BoundingBox one, BoundingBox other)
    {
        var width = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
        var height = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
        var shared = Math.Max(0, width) * Math.Max(0, height);
        return shared / (((one.Right - one.Left) * (one.Bottom - one.Top)) + ((other.Right - other.Left) * (other.Bottom - other.Top)) - shared);
    }
}
