using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Segmentations;

/// <summary>
/// Mean IoU against labelled masks, and beside it that of the compiled model's classes against the original's, which needs no labels and is taken at the map's own size.
/// A sample without mask is not counted in the first.
/// </summary>
/// <param name="output">The output that holds the map.</param>
public sealed class SegmentationMeter(ManifestOutput output) : IOutputMetric
{
    private readonly IntersectionOverUnion _original = new();
    private readonly IntersectionOverUnion _compiled = new();
    private readonly IntersectionOverUnion _agreement = new();

    /// <exception cref="DiagnosticException">MC0011: a mask has another size than what it is of, or a class that the model does not have.</exception>
    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (ClassMap.Of(output, original) is not { } wanted)
            return;
        var found = ReferenceEquals(original, compiled) ? wanted : ClassMap.Of(output, compiled)!;
        _agreement.Add(Array.ConvertAll(wanted.Best(), place => place == ClassMap.NoClass ? ClassMask.Ignored : place), found.Best());
        if (sample.Mask is not { } mask)
            return;
        CheckSize(sample, mask, wanted);
        CheckClasses(mask, wanted);
        var (geometry, width, height) = Seen(sample, mask);
        var rows = SamplePoint.Line(mask.Height, geometry.ScaleY, geometry.OffsetY, height, wanted.Height);
        var columns = SamplePoint.Line(mask.Width, geometry.ScaleX, geometry.OffsetX, width, wanted.Width);
        _original.Add(mask.Classes, wanted.At(rows, columns));
        _compiled.Add(mask.Classes, found.At(rows, columns));
    }

    public Accuracy? Result() => _original.Pixels == 0 ? null : new ResampledAccuracy("mIoU", new PairedFigure(_original.Images, _original.Mean, _compiled.Mean) { Least = 0, Most = 1 });

    public IReadOnlyList<Measurement> Beside() =>
        _agreement.Pixels == 0 ? [] : [Measurement.Of("mIoU to the original", MeasureUnit.Share, higherIsBetter: true, new PairedFigure(_agreement.Images, _ => 1, _agreement.Mean) { Least = 0, Most = 1 }).ToOriginal()];

    /// <summary>Where the mask's pixels lie in the model's input, and that input's size: a mask that no picture belongs to lies over all of it.</summary>
    private static (ImageGeometry Geometry, int Width, int Height) Seen(Sample sample, ClassMask mask)
    {
        if (sample.Picture is not { } picture)
            return (new ImageGeometry(1, 1, 0, 0), mask.Width, mask.Height);
        var (width, height) = ImageSize.Of(sample);
        return (picture.Geometry, width, height);
    }

    private static void CheckSize(Sample sample, ClassMask mask, ClassMap map)
    {
        var size = (mask.Width, mask.Height);
        if (sample.Picture is { } picture && size != (picture.Width, picture.Height))
            throw DataSet.DoesNotFit(mask.Source, string.Create(CultureInfo.InvariantCulture, $"the mask has {mask.Width}x{mask.Height} pixels, and its picture {picture.Width}x{picture.Height}"));
        if (sample.Picture is null && size != (map.Width, map.Height) && size != ImageSize.Of(sample))
            throw DataSet.DoesNotFit(mask.Source, string.Create(CultureInfo.InvariantCulture, $"a mask in it has {mask.Width}x{mask.Height} pixels, and the model's map {map.Width}x{map.Height}. Give masks of the map's or of the input's size"));
    }

    private static void CheckClasses(ClassMask mask, ClassMap map)
    {
        foreach (var index in mask.Classes)
        {
            if (index >= map.Classes && index != ClassMask.Ignored)
                throw DataSet.DoesNotFit(mask.Source, string.Create(CultureInfo.InvariantCulture, $"a pixel is of class {index}, but the model has {map.Classes} classes, 0 to {map.Classes - 1}. Pixels that are not to be judged are 255"));
        }
    }
}
