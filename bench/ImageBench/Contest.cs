using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace ModelCompiler.Tests;

/// <summary>One format and one way to resize: four ways to spend the time, taken in turns on frames that no cache holds any more.</summary>
internal sealed class Contest(string title, int frameBytes, Action<byte[], float[]> ours, Action<byte[], float[]> antialiased, Action<byte[], float[]> fourTaps)
{
    private const int Rounds = 41;
    private const int WarmUps = 60;
    private const long BytesOfAllFrames = 160L << 20;

    private readonly byte[][] _frames = Frames(frameBytes);
    private readonly float[] _output = new float[3 * Target.Side * Target.Side];
    private int _next;

    public static string Header =>
        $"{"1080p → 224×224",-26} {"ours",9} {"obvious",9} {"4 taps",9} {"reading",9}   {"obvious/ours",12} {"4 taps/ours",12} {"ours/reading",12} {"error",8}";

    public string Run()
    {
        var error = WorstDifference();
        Action<byte[], float[]>[] ways = [ours, antialiased, fourTaps, (frame, output) => output[0] = Sum(frame)];
        var times = new double[Rounds][];
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var row = Array.ConvertAll(ways, Time);
            if (round >= 0)
                times[round] = row;
        }

        double Median(Func<double[], double> value) => times.Select(value).Order().ElementAt(Rounds / 2);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{title,-26} {Median(t => t[0]),6:0.00} ms {Median(t => t[1]),6:0.00} ms {Median(t => t[2]),6:0.00} ms {Median(t => t[3]),6:0.00} ms   {Median(t => t[1] / t[0]),12:0.0} {Median(t => t[2] / t[0]),12:0.0} {Median(t => t[0] / t[3]),12:0.0} {error,8:0.00000}   (n={Rounds})");
    }

    private double Time(Action<byte[], float[]> way)
    {
        var frame = _frames[_next++ % _frames.Length];
        var begun = Stopwatch.GetTimestamp();
        way(frame, _output);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>Between ours and the loop that does the same work, in units of the pixel range.</summary>
    private double WorstDifference()
    {
        var expected = new float[_output.Length];
        ours(_frames[0], _output);
        antialiased(_frames[0], expected);
        return _output.Zip(expected, (a, b) => Math.Abs(a - b)).Max() * Target.Std.Max();
    }

    /// <summary>What no way can go below: every byte comes from memory once.</summary>
    private static ulong Sum(byte[] bytes)
    {
        var (a, b) = (Vector<ulong>.Zero, Vector<ulong>.Zero);
        var x = 0;
        for (; x <= bytes.Length - (2 * Vector<byte>.Count); x += 2 * Vector<byte>.Count)
        {
            a += Vector.AsVectorUInt64(new Vector<byte>(bytes, x));
            b += Vector.AsVectorUInt64(new Vector<byte>(bytes, x + Vector<byte>.Count));
        }

        var sum = Vector.Sum(a + b);
        for (; x < bytes.Length; x++)
            sum += bytes[x];
        return sum;
    }

    private static byte[][] Frames(int length)
    {
        var random = new Random(1);
        var frames = new byte[(BytesOfAllFrames / length) + 1][];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = new byte[length];
            random.NextBytes(frames[i]);
        }

        return frames;
    }
}
