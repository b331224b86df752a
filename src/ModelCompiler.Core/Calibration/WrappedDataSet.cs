using ModelCompiler.Caching;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>Another data set in every respect but how its samples are read.</summary>
/// <param name="source">The data set.</param>
internal abstract class WrappedDataSet(DataSet source) : DataSet
{
    public override string Path => Source.Path;

    public override int Count => Source.Count;

    public override bool IsLabelled => Source.IsLabelled;

    public override bool HasBoxes => Source.HasBoxes;

    internal override ManifestInput? ImageInput => Source.ImageInput;

    internal override IReadOnlyList<int>? Classes => Source.Classes;

    internal override IEnumerable<string> Files => Source.Files;

    internal override IReadOnlyList<string> NotRead => Source.NotRead;

    protected DataSet Source { get; } = source;

    internal override IEnumerable<SourceImage> ReadImages(IReadOnlyList<int> places) => Source.ReadImages(places);

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places) => Source.TryAddTo(key, places);
}
