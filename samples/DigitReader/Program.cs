using System.Text;
using DigitReader;
using ModelCompiler;

Console.OutputEncoding = Encoding.UTF8;
var home = AppContext.BaseDirectory;
string[] paths = args.Length > 0 ? args : [Path.Combine(home, "Photos")];

using var digits = Digits.Load();
var gallery = new Gallery();
var unreadable = 0;
foreach (var photo in paths.SelectMany(PhotosOf))
{
    try
    {
        var framed = DigitFraming.Frame(ImageDecoder.DecodeFile(photo));
        var seen = digits.Classify(PixelBuffer.Gray(framed, DigitFraming.Side, DigitFraming.Side));
        gallery.Add(framed, DigitFraming.Side, Path.GetFileName(photo), seen.ToString());
    }
    catch (Exception error) when (error is ImageDecodeException or IOException or UnauthorizedAccessException or ArgumentException)
    {
        Console.Error.WriteLine(error.Message);
        unreadable++;
    }
}

gallery.Print(Console.Out);
foreach (var report in Directory.GetFiles(Path.Combine(home, "models"), "*.report.json").Order(StringComparer.Ordinal))
    CompileSummary.Print(report, Console.Out);
return unreadable == 0 ? 0 : 1;

static IEnumerable<string> PhotosOf(string path) =>
    Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];
