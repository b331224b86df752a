using System.Globalization;
using ModelCompiler.Tests;

namespace Samples.Tests;

public sealed class ImageClassifierTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheRightClassIsMostlyAmongTheFive()
    {
        var photos = Labelled();
        var sections = Sections(Sample.ImageClassifier.Run(_folder.Path, [.. photos.Select(photo => photo.File)]).ShouldSucceed());

        sections.Count.ShouldBe(photos.Count);
        foreach (var (photo, seen) in photos.Zip(sections))
        {
            seen.File.ShouldBe(Path.GetFileName(photo.File));
            seen.Things.Count.ShouldBe(5);
            seen.Things.Select(thing => thing.Percent).ShouldBeInOrder(SortDirection.Descending);
        }

        // SqueezeNet has the right one among five in 80 % of ImageNet.
        photos.Zip(sections).Count(pair => pair.Second.Things.Exists(thing => thing.Label == pair.First.Label)).ShouldBeGreaterThanOrEqualTo(18);
    }

    [Fact]
    public void TheGreatWhiteSharkIsOne()
    {
        var seen = Sections(Sample.ImageClassifier.Run(_folder.Path, SharedData.Require("images/imagenet-even/n01484850_great_white_shark.jpg")).ShouldSucceed());
        seen.ShouldHaveSingleItem().Things[0].Label.ShouldBe("GreatWhiteShark");
    }

    [Fact]
    public void EveryPhotoOfAFolderIsSeenAndWhatIsNoneIsSaid()
    {
        var shark = SharedData.Require("images/imagenet-even/n01484850_great_white_shark.jpg");
        _folder.Write("photos/b.jpg", File.ReadAllBytes(shark));
        _folder.Write("photos/a.jpg", File.ReadAllBytes(shark));
        _folder.Write("photos/notes.txt", "no photo");

        var run = Sample.ImageClassifier.Run(_folder.Path, "photos");
        run.ExitCode.ShouldBe(1);
        Sections(run).Select(section => section.File).ShouldBe(["a.jpg", "b.jpg"]);
        run.Output.ShouldContain($"'{Path.Combine("photos", "notes.txt")}' cannot be decoded");
    }

    [Fact]
    public void WithoutPhotosItSaysWhatItTakes() => Sample.ImageClassifier.Run(_folder.Path).ExitCode.ShouldBe(2);

    /// <summary>Every twentieth of the labelled photos, and the name that the enum has for its class.</summary>
    private static List<(string File, string Label)> Labelled() =>
    [
        .. File.ReadLines(SharedData.Require("images/imagenet-even/labels.tsv")).Where((_, index) => index % 20 == 0).Select(line => line.Split('\t'))
            .Select(fields => (SharedData.Require("images/imagenet-even/" + fields[0]), EnumName(fields[2]))),
    ];

    /// <summary>Of "n01484850 great white shark, white shark": GreatWhiteShark.</summary>
    private static string EnumName(string synset) => string.Concat(
        synset.Split(',')[0].Split(' ', '-', '\'').Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static List<(string File, List<(double Percent, string Label)> Things)> Sections(DotNetResult run)
    {
        var sections = new List<(string File, List<(double Percent, string Label)> Things)>();
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')))
        {
            if (!line.StartsWith(' '))
            {
                sections.Add((line, []));
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words[1].ShouldBe("%");
            sections[^1].Things.Add((double.Parse(words[0], CultureInfo.InvariantCulture), words[2]));
        }

        sections.RemoveAll(section => section.Things.Count == 0); // what was printed as an error
        return sections;
    }
}
