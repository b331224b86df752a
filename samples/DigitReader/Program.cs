using System.Text;
using DigitReader;
using ModelCompiler;

Console.OutputEncoding = Encoding.UTF8;
var home = AppContext.BaseDirectory;
var photos = args.Length > 0 ? args : [.. Directory.GetFiles(Path.Combine(home, "Photos"), "*.png").Order(StringComparer.Ordinal)];

using var digits = Digits.Load();
var gallery = new Gallery();
var unreadable = 0;
foreach (var photo in photos)
{
    try
    {
        var framed = DigitFraming.Frame(ImageDecoder.DecodeFile(photo));
        var seen = digits.Classify(PixelBuffer.Gray(framed, DigitFraming.Side, DigitFraming.Side));
        gallery.Add(framed, DigitFraming.Side, Path.GetFileName(photo), seen.ToString());
    }
    catch (Exception error) when (error is ImageDecodeException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        unreadable++;
    }
}

gallery.Print(Console.Out);
foreach (var report in Directory.GetFiles(Path.Combine(home, "models"), "*.report.json").Order(StringComparer.Ordinal))
    CompileSummary.Print(report, Console.Out);
return unreadable == 0 ? 0 : 1;
