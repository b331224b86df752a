using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>
/// Pictures of nothing, which no classifier should be sure of: noise, a single colour, a checkerboard, in turn. They go through the declared preprocessing, and are the same
/// on every machine.
/// </summary>
/// <param name="input">The image input.</param>
/// <param name="dims">Of its tensor: those of a real sample.</param>
/// <param name="count">How many pictures.</param>
internal sealed class PatternDataSet(ManifestInput input, long[] dims, int count) : DataSet
{
    public override string Path => "synthetic patterns";

    public override int Count => count;

    public override bool IsLabelled => false;

    public override bool HasBoxes => false;

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(Make);

    private Sample Make(int place)
    {
        var noise = new Noise(place, input.Value.Name);
        var tensor = SyntheticTensor.OfImage(input, dims, (width, height) => (place % 3) switch
        {
            0 => WhiteNoise(width, height, noise),
            1 => Checkers(width, height, Math.Max(width, height), noise),
            _ => Checkers(width, height, 1 << noise.Below(1 + (int)Math.Log2(Math.Max(width, height))), noise),
        });
        return new Sample($"{Path}[{place}]", new Dictionary<string, Tensor>(StringComparer.Ordinal) { [input.Value.Name] = tensor });
    }

    private static byte[] WhiteNoise(int width, int height, Noise noise)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)noise.Below(256);
        return pixels;
    }

    /// <summary>Cells of two colours; a single one where a cell is as large as the picture.</summary>
    private static byte[] Checkers(int width, int height, int cell, Noise noise)
    {
        byte[] colours = [.. Enumerable.Range(0, 6).Select(_ => (byte)noise.Below(256))];
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i / 3 % width, i / 3 / width);
            pixels[i] = colours[(((x / cell) + (y / cell)) % 2 * 3) + (i % 3)];
        }

        return pixels;
    }
}
