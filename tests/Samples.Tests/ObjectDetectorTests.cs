using System.Globalization;
using System.Text.RegularExpressions;
using ModelCompiler;
using ModelCompiler.Tests;
using ModelCompiler.Tests.Images;

namespace Samples.Tests;

public sealed partial class ObjectDetectorTests : IDisposable
{
    private const int Side = 416;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("000000000036")]
    [InlineData("000000000257")]
    [InlineData("000000000328")]
    public void ItFindsWhatOnnxRuntimeCalledByHandFinds(string photo)
    {
        var picture = UpperLeft(ImageDecoder.DecodeFile(Photo(photo)));
        _folder.Write("street.png", PngFile.Write(picture, Side, Side, colorType: 2));

        var found = Found(Sample.ObjectDetector.Run(_folder.Path, "street.png").ShouldSucceed());

        var expected = YoloxByHand.Detect(SharedData.Require("models/yolox-nano/yolox_nano.onnx"), picture);
        expected.Count.ShouldBeGreaterThan(1);
        found.Select(thing => thing.Label).ShouldBe(expected.Select(thing => EnumName(thing.Class)));
        foreach (var (thing, known) in found.Zip(expected))
        {
            (thing.Percent / 100).ShouldBe(known.Score, 0.001f);
            new[] { thing.Box.Left, thing.Box.Top, thing.Box.Right, thing.Box.Bottom }.ShouldBe([known.Box.Left, known.Box.Top, known.Box.Right, known.Box.Bottom], 0.1f);
        }
    }

    [Theory]
    [InlineData("000000000081", "Airplane")]
    [InlineData("000000000471", "Bus")]
    [InlineData("000000000650", "Cat")]
    public void ThePictureShowsTheBoxesAndIsTheSameElsewhere(string name, string label)
    {
        var found = Found(Sample.ObjectDetector.Run(_folder.Path, Photo(name)).ShouldSucceed());
        found.Select(thing => thing.Label).ShouldContain(label);

        var before = ImageDecoder.DecodeFile(Photo(name));
        var after = ImageDecoder.DecodeFile(Path.Combine(_folder.Path, name + ".detected.png"));
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        var changed = Changed(before, after);
        foreach (var (_, _, box) in found)
            Edge(box).Average(place => changed[Math.Min(place.Y, before.Height - 1), Math.Min(place.X, before.Width - 1)] ? 1 : 0).ShouldBeGreaterThan(0.98);

        // Lines of two pixels and a line of text for each: far less than a tenth of the picture.
        var area = Math.Min(before.Width, before.Height) / 200 * found.Sum(thing => 2 * (thing.Box.Width + thing.Box.Height)) + (found.Count * 26 * 160);
        ((float)changed.Cast<bool>().Count(pixel => pixel)).ShouldBeLessThanOrEqualTo(area * 1.05f);
    }

    [Fact]
    public void WhatIsNoPhotoIsSaidAndTheOthersAreSeen()
    {
        _folder.Write("notes.txt", "no photo");
        var run = Sample.ObjectDetector.Run(_folder.Path, "notes.txt", Photo("000000000471"));
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("'notes.txt' cannot be decoded");
        Found(run).ShouldNotBeEmpty();
    }

    private static string Photo(string name) => SharedData.Require($"images/coco-train/images/{name}.jpg");

    /// <summary>The corner of a photo that the model takes without resizing; what the photo lacks is black.</summary>
    private static byte[] UpperLeft(DecodedImage photo)
    {
        var picture = new byte[3 * Side * Side];
        for (var y = 0; y < Math.Min(Side, photo.Height); y++)
            photo.Bytes.Span.Slice(3 * y * photo.Width, 3 * Math.Min(Side, photo.Width)).CopyTo(picture.AsSpan(3 * y * Side));
        return picture;
    }

    private static bool[,] Changed(DecodedImage before, DecodedImage after)
    {
        var changed = new bool[before.Height, before.Width];
        for (var i = 0; i < before.Width * before.Height; i++)
            changed[i / before.Width, i % before.Width] = !before.Bytes.Span.Slice(3 * i, 3).SequenceEqual(after.Bytes.Span.Slice(3 * i, 3));
        return changed;
    }

    /// <summary>The pixels along the four edges of a box, inside of it.</summary>
    private static IEnumerable<(int X, int Y)> Edge(BoundingBox box)
    {
        var (left, top, right, bottom) = ((int)box.Left, (int)box.Top, (int)MathF.Ceiling(box.Right) - 1, (int)MathF.Ceiling(box.Bottom) - 1);
        return Enumerable.Range(left, right - left + 1).SelectMany(x => new[] { (x, top), (x, bottom) })
            .Concat(Enumerable.Range(top, bottom - top + 1).SelectMany(y => new[] { (left, y), (right, y) }));
    }

    private static string EnumName(int index)
    {
        var label = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "ObjectDetector", "Models", "coco.txt"))[index];
        return string.Concat(label.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static List<(string Label, float Percent, BoundingBox Box)> Found(DotNetResult run) =>
    [
        .. Detection().Matches(run.Output).Select(match => match.Groups).Select(groups => (
            groups["label"].Value, Number(groups["percent"]), new BoundingBox(Number(groups["left"]), Number(groups["top"]), Number(groups["right"]), Number(groups["bottom"])))),
    ];

    private static float Number(Group group) => float.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  (?<label>\w+) \((?<percent>[\d.]+) %\) at \((?<left>[\d.]+), (?<top>[\d.]+)\) to \((?<right>[\d.]+), (?<bottom>[\d.]+)\)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Detection();
}
