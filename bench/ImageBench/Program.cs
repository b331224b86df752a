using System.Globalization;

namespace ModelCompiler.Tests;

/// <summary>
/// How long a 1080p frame takes to become the input of a classifier, for each pixel format: ours, a loop that does the same work naively, one that
/// does less (no antialiasing), and only reading the frame from memory. Run it on a quiet machine: <c>dotnet run -c Release --project bench/ImageBench</c>.
/// </summary>
internal static class Program
{
    private const int Width = 1920;
    private const int Height = 1080;

    private static void Main()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Processor()}, one thread"));
        Console.WriteLine(Contest.Header);
        foreach (var target in new[] { Target.Stretch(Width, Height), Target.Crop(Width, Height) })
        {
            var preprocessing = target.Preprocessing();
            Measure("Gray", 1, target, new GrayReader(Width), (frame, output) => preprocessing.Fill(PixelBuffer.Gray(frame, Width, Height), output));
            Measure("Rgb", 3, target, new RgbReader(Width), (frame, output) => preprocessing.Fill(PixelBuffer.Rgb(frame, Width, Height), output));
            Measure("Bgra", 4, target, new BgraReader(Width), (frame, output) => preprocessing.Fill(PixelBuffer.Bgra(frame, Width, Height), output));
            Measure("Nv12", 1.5, target, new Nv12Reader(Width, Height), (frame, output) => preprocessing.Fill(PixelBuffer.Nv12(frame, Width, Height), output));
            Measure("I420", 1.5, target, new I420Reader(Width, Height), (frame, output) => preprocessing.Fill(PixelBuffer.I420(frame, Width, Height), output));
        }

        var turned = Target.Stretch(Height, Width);
        var upright = turned.Preprocessing();
        Measure(
            "Nv12 turned by 90", 1.5, turned, new TurnedReader<Nv12Reader>(new Nv12Reader(Width, Height), Height),
            (frame, output) => upright.Fill(PixelBuffer.Nv12(frame, Width, Height).Rotated(90), output));
    }

    private static void Measure<TReader>(string format, double bytesPerPixel, Target target, TReader reader, Action<byte[], float[]> ours)
        where TReader : struct, IPixelReader
    {
        var loops = new ObviousLoops<TReader>(reader, target.SourceWidth, target.SourceHeight, target);
        var contest = new Contest($"{format}, {target.Name}", (int)(Width * Height * bytesPerPixel), ours, loops.Antialiased, loops.FourTaps);
        Console.WriteLine(contest.Run());
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var name = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return name?[(name.IndexOf(':', StringComparison.Ordinal) + 2)..] ?? $"{Environment.ProcessorCount} processors";
    }
}
