using System.Globalization;
using System.Numerics;

namespace DigitReader.Training.Drawing;

/// <summary>One point the pen passes through; at a corner the curve breaks.</summary>
internal readonly record struct PenPoint(Vector2 Position, bool IsCorner);

/// <summary>One way of writing a digit: its strokes in writing order, on a grid whose height is 1.</summary>
internal sealed record Skeleton(int Digit, float Weight, IReadOnlyList<IReadOnlyList<PenPoint>> Strokes)
{
    /// <summary>Reads the notation that skeletons.txt explains in its first lines.</summary>
    public static Skeleton Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var strokes = string.Join(' ', words[2..]).Split('/').Select(ParseStroke).ToList();
        return new Skeleton(int.Parse(words[0], CultureInfo.InvariantCulture), ParseFloat(words[1]), strokes);
    }

    private static List<PenPoint> ParseStroke(string stroke) =>
        stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParsePoint).ToList();

    private static PenPoint ParsePoint(string point)
    {
        var comma = point.IndexOf(',', StringComparison.Ordinal);
        var position = new Vector2(ParseFloat(point[..comma]), ParseFloat(point[(comma + 1)..].TrimEnd('!')));
        return new PenPoint(position / 100f, point.EndsWith('!'));
    }

    private static float ParseFloat(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
