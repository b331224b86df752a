using ImageClassifier;
using ModelCompiler;

if (args.Length == 0)
{
    Console.Error.WriteLine("Give photos (JPEG or PNG), or folders of them.");
    return 2;
}

using var squeezenet = Squeezenet.Load();
var unreadable = 0;
foreach (var photo in args.SelectMany(PhotosOf))
{
    try
    {
        var seen = squeezenet.Classify(ImageDecoder.DecodeFile(photo).Pixels, top: 5);
        Console.WriteLine(Path.GetFileName(photo));
        foreach (var thing in seen)
            Console.WriteLine($"  {thing.Score,7:P1}  {thing.Label}");
    }
    catch (Exception error) when (error is ImageDecodeException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        unreadable++;
    }
}

return unreadable == 0 ? 0 : 1;

static IEnumerable<string> PhotosOf(string path) =>
    Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];
