using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Robustness;

/// <summary>Images that are in no file.</summary>
internal sealed class MemoryImages(ManifestInput input, IReadOnlyList<SourceImage> images) : DataSet
{
    public override string Path => "memory";

    public override int Count => images.Count;

    public override bool IsLabelled => images.All(image => image.Label is not null);

    public override bool HasBoxes => false;

    internal override ManifestInput? ImageInput => input;

    /// <summary>So many pixels of one colour.</summary>
    public static SourceImage OfColour(int side, int? label, params ReadOnlySpan<byte> colour)
    {
        var bytes = new byte[side * side * RgbImage.Channels];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = colour[i % RgbImage.Channels];
        return new SourceImage("memory", "colour", new RgbImage(bytes, side, side)) { Known = new Sample("colour", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Label = label } };
    }

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => ReadImages(places).Select(new ImageTensors(input).SampleOf);

    internal override IEnumerable<SourceImage> ReadImages(IReadOnlyList<int> places) => places.Select(place => images[place]);
}
