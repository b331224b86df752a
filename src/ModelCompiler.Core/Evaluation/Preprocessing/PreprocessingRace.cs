using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation.Preprocessing;

/// <summary>Compares a model's accuracy under the declared preprocessing with that under alternatives, on the same labelled images.</summary>
/// <param name="model">The original.</param>
/// <param name="input">The input that images become, as it is declared.</param>
/// <param name="alternatives">Other ways to it.</param>
internal sealed class PreprocessingRace(OrtModel model, ManifestInput input, IReadOnlyList<ImageInput> alternatives)
{
    /// <summary>
    /// After so many images each an alternative that is behind is given up, so that where the declared preprocessing is right the race is soon over. One that is given up
    /// counts as not better, and who is better is asked once, at the end: neither makes a false alarm likelier.
    /// </summary>
    private const int Lap = 16;

    /// <summary>From then on one that is not ahead is given up too.</summary>
    private const int LapsForEquals = 4;

    private readonly ImageTensors _declared = new(input);

    /// <summary>Runs the model over labelled images, until they end or every alternative is given up.</summary>
    /// <exception cref="DiagnosticException">MC1010 a run fails; and what reading the images throws.</exception>
    public PreprocessingComparison Run(IEnumerable<SourceImage> images)
    {
        var runners = alternatives.Select(alternative => new Runner(alternative, new ImageTensors(input with { Image = alternative }))).ToArray();
        var (samples, correct) = (0, 0);
        foreach (var image in images)
        {
            var isCorrect = IsCorrect(_declared, image);
            correct += isCorrect ? 1 : 0;
            samples++;
            foreach (var runner in runners.Where(runner => !runner.IsGivenUp))
            {
                runner.Count(IsCorrect(runner.Tensors, image), isCorrect);
                runner.IsGivenUp = samples % Lap == 0 && runner.Lead < (samples < Lap * LapsForEquals ? 0 : 1);
            }

            if (Array.TrueForAll(runners, runner => runner.IsGivenUp))
                break;
        }

        return new PreprocessingComparison(samples, correct, [.. runners.Select(runner => new AlternativeAccuracy(runner.Image, runner.Won, runner.Lost, runner.IsGivenUp))]);
    }

    private bool IsCorrect(ImageTensors tensors, SourceImage image)
    {
        var outputs = model.Run(tensors.SampleOf(image).Inputs, model.ReadableOutputs);
        return TopClass.Find(outputs, image.Label!.Value + 1) is { } scores && TopClass.OfRow(outputs[scores]) == image.Label;
    }

    private sealed class Runner(ImageInput image, ImageTensors tensors)
    {
        public ImageInput Image => image;

        public ImageTensors Tensors => tensors;

        public int Won { get; private set; }

        public int Lost { get; private set; }

        public int Lead => Won - Lost;

        public bool IsGivenUp { get; set; }

        public void Count(bool isCorrect, bool isDeclaredCorrect)
        {
            Won += isCorrect && !isDeclaredCorrect ? 1 : 0;
            Lost += isDeclaredCorrect && !isCorrect ? 1 : 0;
        }
    }
}
