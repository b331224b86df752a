using ModelCompiler;
using ObjectDetector;
using ObjectDetector.Drawing;

if (args.Length == 0)
{
    Console.Error.WriteLine("Give photos (JPEG or PNG). What is found is drawn into <photo>.detected.png in the current folder.");
    return 2;
}

using var yolox = Yolox.Load();
var unreadable = 0;
foreach (var path in args)
{
    try
    {
        var photo = ImageDecoder.DecodeFile(path);
        var found = yolox.Detect(photo.Pixels);
        Console.WriteLine(Path.GetFileName(path));
        foreach (var thing in found)
            Console.WriteLine($"  {thing}");

        var canvas = new Canvas(photo);
        foreach (var thing in found)
            canvas.Frame(thing.Box, Palette.ColorOf(thing.Index));
        foreach (var thing in found)
            canvas.Tag(thing.Box, thing.Label.ToText(), Palette.ColorOf(thing.Index));
        PngFile.Write(Path.GetFileNameWithoutExtension(path) + ".detected.png", canvas);
    }
    catch (Exception error) when (error is ImageDecodeException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        unreadable++;
    }
}

return unreadable == 0 ? 0 : 1;
