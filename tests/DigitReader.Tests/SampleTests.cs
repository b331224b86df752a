using System.Text.RegularExpressions;
using DigitReader.Training.Drawing;
using DigitReader.Training.Tests;
using ModelCompiler;

namespace DigitReader.Tests;

public class SampleTests(ITestOutputHelper output)
{
    private static readonly string[] Names = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

    [Fact]
    public void ReadsThePhotosThatComeWithItAndShowsWhatTheCompilerDid()
    {
        var run = SampleRun.Of();
        run.ExitCode.ShouldBe(0, run.Errors);
        foreach (var name in Names)
        {
            run.Output.ShouldContain(name.ToLowerInvariant() + ".png");
            run.Output.ShouldContain(name + " (");
        }

        run.Output.ShouldMatch(@"size +\d+ kB +\d+ kB");
        run.Output.ShouldMatch(@"accuracy +\d+\.\d %");
    }

    [Fact]
    public void SaysWhichFileIsNoPhotoAndReadsTheOthers()
    {
        var text = Path.Combine(AppContext.BaseDirectory, "DigitReader.runtimeconfig.json");
        var run = SampleRun.Of(text, Path.Combine(AppContext.BaseDirectory, "Photos", "four.png"));
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("DigitReader.runtimeconfig.json");
        Regex.Count(run.Output, @"\(\d+\.\d %\)", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
        run.Output.ShouldContain("Four (");
    }

    [Fact]
    public void ReadsEveryPhotoOfAFolder()
    {
        var run = SampleRun.Of(Path.Combine(AppContext.BaseDirectory, "Photos"));
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("four.png");
        run.Output.ShouldContain("nine.png");
    }

    [Fact]
    public void ReadsNewPhotosAfterCompiling()
    {
        using var digits = Digits.Load();
        var right = 0;
        for (var i = 0; i < 100; i++)
        {
            var framed = DigitFraming.Frame(Photo.Decode(PhotoPainter.Paint(i % 10, RandomSource.ForSample(4242, i))));
            right += digits.Classify(PixelBuffer.Gray(framed, DigitFraming.Side, DigitFraming.Side), TestContext.Current.CancellationToken).Index == i % 10 ? 1 : 0;
        }

        right.ShouldBeGreaterThanOrEqualTo(95);
    }

    [Fact]
    public void ReadsHandwritingOfPeopleAfterCompiling()
    {
        var images = IdxFile.Read(Repository.SharedData("mnist", "t10k-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(Repository.SharedData("mnist", "t10k-labels-idx1-ubyte.gz"));
        using var digits = Digits.Load();
        var right = 0;
        for (var i = 0; i < labels.Elements.Length; i++)
        {
            var image = images.Elements.AsSpan(i * DigitFraming.Side * DigitFraming.Side, DigitFraming.Side * DigitFraming.Side);
            right += digits.Classify(PixelBuffer.Gray(image, DigitFraming.Side, DigitFraming.Side), TestContext.Current.CancellationToken).Index == labels.Elements[i] ? 1 : 0;
        }

        output.WriteLine($"{right} of {labels.Elements.Length} handwritten digits read right by the compiled model");
        ((double)right / labels.Elements.Length).ShouldBeGreaterThanOrEqualTo(0.95);
    }
}
