using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>Runs two models over images to which something happens: everything in the list, in every strength.</summary>
/// <param name="original">The reference.</param>
/// <param name="compiled">A model with the same inputs and outputs.</param>
/// <param name="detections">Reads the objects that the models find; null for models that find none.</param>
internal sealed class RobustnessProbe(OrtModel original, OrtModel compiled, DetectionReader? detections)
{
    /// <summary>Images that are prepared before they are asked for.</summary>
    private const int MostAhead = 3;

    private readonly IImageCorruption[] _corruptions = Corruptions(detections is not null);

    /// <summary>Those that a model can be judged under: an object that moves is no longer where its box is.</summary>
    public static IImageCorruption[] Corruptions(bool isDetector) => [.. ImageCorruptions.All.Where(corruption => corruption.KeepsPlaces || !isDetector)];

    /// <summary>Null where no image could be judged: outputs hold neither classes nor objects.</summary>
    /// <param name="data">A set of images.</param>
    /// <param name="images">How many of them at most, spread over the set.</param>
    /// <param name="progress">Told the number of images done.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010 a run fails; and what the data set throws.</exception>
    public RobustnessCurves? Measure(DataSet data, int images, IProgress<int> progress)
    {
        var clean = new ConditionMeter(NewMetric);
        var meters = _corruptions.Select(_ => Enumerable.Range(0, ImageCorruptions.Strengths).Select(_ => new ConditionMeter(NewMetric)).ToArray()).ToArray();
        ConditionMeter[] conditions = [clean, .. meters.SelectMany(strengths => strengths)];
        var truth = new ImageTruth(null, null);
        foreach (var (i, sample) in Answered(Samples(data, images)).Index())
        {
            var condition = i % conditions.Length;
            if (condition == 0)
            {
                progress.Report(i / conditions.Length);
                truth = ImageTruth.Of(sample, detections);
            }

            conditions[condition].Add(truth.For(sample), compiled.Run(sample.Inputs, compiled.ReadableOutputs));
        }

        return RobustnessTest.Judge(clean, [.. _corruptions.Zip(meters, (corruption, strengths) => (corruption.Name, (IReadOnlyList<ConditionMeter>)strengths))]);
    }

    private IOutputMetric NewMetric() => detections is null ? new Top1AccuracyMeter() : new DetectionAccuracyMeter(detections);

    /// <summary>For each image the clean one, then every strength of every corruption.</summary>
    private IEnumerable<Sample> Samples(DataSet data, int images)
    {
        var input = data.ImageInput ?? throw new ArgumentException($"'{data.Path}' holds no images.", nameof(data));
        var tensors = new ImageTensors(input);
        foreach (var (i, image) in data.Images(images).Index())
        {
            var seen = SeenImage.Of(image, input.Image!.Resize);
            yield return tensors.SampleOf(seen);
            foreach (var corruption in _corruptions)
            {
                for (var strength = 1; strength <= ImageCorruptions.Strengths; strength++)
                    yield return tensors.SampleOf(seen with { Image = corruption.Apply(seen.Image, strength, new Noise(i, corruption.Name)) });
            }
        }
    }

    /// <summary>Images are prepared while the original answers the one before, and it answers while the compiled model is asked.</summary>
    private IEnumerable<Sample> Answered(IEnumerable<Sample> samples) =>
        ReadAhead.Of(ReadAhead.Of(samples, MostAhead).Select(sample => sample with { ExpectedOutputs = original.Run(sample.Inputs, original.ReadableOutputs) }), 1);
}
