using System.Globalization;

namespace ModelCompiler.Tests;

/// <summary>docs/detection.md as it is written, and what its class finds in 128 photos with known boxes.</summary>
public sealed class DetectionGuideTests(PackageFeed package) : IDisposable
{
    private readonly UserProject _app = new(package, "Street");
    private readonly Guide _guide = new("detection.md");

    public void Dispose() => _app.Dispose();

    [Fact]
    public void TheExampleFindsWhatIsInThePhotos()
    {
        var model = SharedData.Require("models/yolox-nano/yolox_nano.onnx");
        var photos = SharedData.Require("images/coco-train/images");
        _app.Write("yolox_nano.onnx", File.ReadAllBytes(model)).Write("yolox_nano.model.json", _guide.Block("json")).Write("Program.cs", _guide.Block("csharp"));
        _guide.WriteProject(_app);
        Guide.Build(_app);
        var photo = Directory.EnumerateFiles(photos).Order(StringComparer.Ordinal).First();
        _app.Run("run", "--no-build", "--", photo).ShouldSucceed().Output.ShouldMatch(@"^000000000009\.jpg: \d+ \(\d+\.\d %\) at \(\d+\.\d, \d+\.\d\) to \(\d+\.\d, \d+\.\d\)");

        _app.Write("Program.cs", """
            using System.Globalization;
            using ModelCompiler;
            using var yolox = Street.Yolox.Load();
            foreach (var file in Directory.EnumerateFiles(args[0]))
            {
                var photo = ImageDecoder.DecodeFile(file);
                foreach (var found in yolox.Detect(photo.Pixels, new DetectionOptions { LeastScore = 0.005f, SameObject = 0.65f }))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)} {found.Index} {found.Score:R} {found.Box.Left / photo.Width:R} {found.Box.Top / photo.Height:R} {found.Box.Right / photo.Width:R} {found.Box.Bottom / photo.Height:R}"));
            }
            """);
        Guide.Build(_app);
        var lines = _app.Run("run", "--no-build", "--", photos).ShouldSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        AveragePrecision(lines.Select(Box.Found), KnownBoxes(SharedData.Require("images/coco-train/labels"))).ShouldBe(0.505, tolerance: 0.005);
    }

    /// <summary>The mean over classes of the area under the precision-recall curve at an overlap of one half, each precision raised to the best behind it: written for this test alone.</summary>
    private static double AveragePrecision(IEnumerable<Box> found, IReadOnlyList<Box> known) => known.GroupBy(box => box.Class).Average(group =>
    {
        var left = group.ToList();
        var hits = new List<bool>();
        foreach (var box in found.Where(box => box.Class == group.Key).OrderByDescending(box => box.Score))
        {
            var best = left.Where(object_ => object_.Photo == box.Photo).MaxBy(box.Overlap);
            hits.Add(best is not null && box.Overlap(best) >= 0.5);
            if (hits[^1])
                left.Remove(best!);
        }

        var precisions = hits.Select((_, index) => hits.Take(index + 1).Count(hit => hit) / (index + 1.0)).ToArray();
        return Enumerable.Range(0, hits.Count).Where(index => hits[index]).Sum(index => precisions[index..].Max()) / group.Count();
    });

    private static Box[] KnownBoxes(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.txt").SelectMany(file => File.ReadLines(file).Select(line => Box.Known(Path.GetFileNameWithoutExtension(file), line)))];

    private sealed record Box(string Photo, int Class, double Score, double Left, double Top, double Right, double Bottom)
    {
        private double Area => (Right - Left) * (Bottom - Top);

        public static Box Found(string line)
        {
            var fields = line.Split(' ');
            return new(fields[0], (int)Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5]), Number(fields[6]));
        }

        /// <summary><c>class x y width height</c>, from the centre, as shares of the photo.</summary>
        public static Box Known(string photo, string line)
        {
            var (index, x, y, width, height) = line.Split(' ') is var f ? ((int)Number(f[0]), Number(f[1]), Number(f[2]), Number(f[3]), Number(f[4])) : default;
            return new(photo, index, 1, x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));
        }

        public double Overlap(Box other)
        {
            var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
            var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
            var shared = width > 0 && height > 0 ? width * height : 0;
            return shared / (Area + other.Area - shared);
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
