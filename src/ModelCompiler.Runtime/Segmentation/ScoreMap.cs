using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>A segmentation model's scores: so many for each place of a map.</summary>
/// <remarks>
/// A map with one number a place, the foreground's, is one with scores for class 1 on, and <see cref="Floor"/> is that of class 0. NaN never wins.
/// </remarks>
internal readonly ref struct ScoreMap
{
    private readonly ReadOnlySpan<float> _values;
    private readonly int _classStep;
    private readonly int _placeStep;

    /// <param name="values">Of one image.</param>
    /// <param name="width">Of the map.</param>
    /// <param name="height">Of the map.</param>
    /// <param name="channelsLast">True for [height, width, classes], false for [classes, height, width].</param>
    public ScoreMap(ReadOnlySpan<float> values, int width, int height, bool channelsLast)
    {
        _values = values;
        (Width, Height) = (width, height);
        Scores = values.Length / (width * height);
        (_classStep, _placeStep) = channelsLast ? (1, Scores) : (width * height, 1);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How many scores a place has.</summary>
    public int Scores { get; }

    /// <summary>The class of the first score.</summary>
    public int FirstClass { get; init; }

    /// <summary>What a score has to exceed; where none does, the class is 0.</summary>
    public float Floor { get; init; } = float.NegativeInfinity;

    /// <summary>The best class of each place.</summary>
    public void Best(Span<ushort> classes)
    {
        Span<float> highest = new float[Width];
        Span<int> best = new int[Width];
        for (var row = 0; row < Height; row++)
        {
            highest.Fill(Floor);
            best.Clear();
            for (var score = 0; score < Scores; score++)
                Raise(row, score, highest, best);
            for (var column = 0; column < Width; column++)
                classes[(row * Width) + column] = (ushort)best[column];
        }
    }

    /// <summary>The best class between four places, whose scores are weighted by how near they are.</summary>
    public ushort Between(SamplePoint row, SamplePoint column)
    {
        var (topLeft, topRight) = (Place(row.First, column.First), Place(row.First, column.Second));
        var (bottomLeft, bottomRight) = (Place(row.Second, column.First), Place(row.Second, column.Second));
        var (best, highest) = (0, Floor);
        for (var score = 0; score < Scores; score++)
        {
            var values = _values[(score * _classStep)..];
            var top = float.Lerp(values[topLeft], values[topRight], column.Share);
            var bottom = float.Lerp(values[bottomLeft], values[bottomRight], column.Share);
            if (float.Lerp(top, bottom, row.Share) is var value && value > highest)
                (best, highest) = (FirstClass + score, value);
        }

        return (ushort)best;
    }

    private int Place(int row, int column) => ((row * Width) + column) * _placeStep;

    /// <summary>Lets one score compete with the highest so far, along a row.</summary>
    private void Raise(int row, int score, Span<float> highest, Span<int> best)
    {
        var values = _values[((score * _classStep) + Place(row, 0))..];
        var column = _placeStep == 1 ? RaiseVectors(values[..Width], FirstClass + score, highest, best) : 0;
        for (; column < Width; column++)
        {
            if (values[column * _placeStep] is var value && value > highest[column])
                (highest[column], best[column]) = (value, FirstClass + score);
        }
    }

    /// <summary>The same for as many columns as fill vectors; returns how many these are.</summary>
    private static int RaiseVectors(ReadOnlySpan<float> values, int number, Span<float> highest, Span<int> best)
    {
        var challengers = MemoryMarshal.Cast<float, Vector<float>>(values);
        var champions = MemoryMarshal.Cast<float, Vector<float>>(highest);
        var winners = MemoryMarshal.Cast<int, Vector<int>>(best);
        for (var i = 0; i < challengers.Length; i++)
        {
            var higher = Vector.GreaterThan(challengers[i], champions[i]);
            champions[i] = Vector.ConditionalSelect(higher, challengers[i], champions[i]);
            winners[i] = Vector.ConditionalSelect(higher, new Vector<int>(number), winners[i]);
        }

        return challengers.Length * Vector<float>.Count;
    }
}
