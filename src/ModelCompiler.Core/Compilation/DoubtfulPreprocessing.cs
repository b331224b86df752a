using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Preprocessing;
using ModelCompiler.Graphs;

namespace ModelCompiler.Compilation;

/// <summary>
/// Refuses a model whose declared preprocessing cannot be right: a wrong mean or order of colours costs more accuracy than any precision does, in the app as here, and no
/// comparison with the original shows it, since both are fed the same.
/// </summary>
internal static class DoubtfulPreprocessing
{
    /// <summary>Of fewer images nothing is sure.</summary>
    private const int FewestImages = 50;

    /// <summary>A wrong mean that costs 14 points is not sure on 128 images, and is on 500.</summary>
    private const int MostImages = 512;

    /// <summary>Multiply-accumulates of all runs where something is wrong; hardly a tenth of them where the declaration is right.</summary>
    private const double Most = 1e12;

    /// <summary>Preprocessings that are run for longer than the first images, the declared one included.</summary>
    private const int Racing = 4;

    /// <param name="job">Says how images become the input.</param>
    /// <param name="original">The original, running.</param>
    /// <param name="progress">Is told that it takes a while.</param>
    /// <exception cref="DiagnosticException">MC3023, naming what is better and what to write.</exception>
    public static void Refuse(CompileJob job, OriginalModel original, ICompileProgress progress)
    {
        if (job.Options.Compile is not { Evaluation: not null, CheckPreprocessing: not false }
            || original is not { Detections: null, IsRepeatable: true, Samples: { IsLabelled: true, HasBoxes: false, ImageInput: { Image: { } declared } input } })
            return;
        var alternatives = PreprocessingAlternatives.Of(declared, input.Value.ElementType.IsFloatingPoint());
        if (alternatives.Count == 0 || Images(original) is not { } images)
            return;

        progress.Report(new CompileStep("trying other preprocessings"));
        var comparison = new PreprocessingRace(original.Running, input, alternatives).Run(original.Samples.Images(images));
        if (comparison.Better() is not var (better, accuracy, pValue))
            return;
        throw new DiagnosticException(DiagnosticRules.PreprocessingDoubtful.Create(
            job.Model, PixelText(declared), Text.Percent(comparison.Declared), PixelText(better), Text.Percent(accuracy), comparison.Samples,
            pValue.ToString("0.#e-0", CultureInfo.InvariantCulture), PreprocessText.Write(better)));
    }

    /// <summary>Null where there are too few, or where a build cannot afford them.</summary>
    private static int? Images(OriginalModel original)
    {
        if (original.TypicalCost().Macs is not { } macs)
            return null;
        var images = Math.Min(Math.Min(MostImages, original.Samples.Count), Most / Math.Max(1.0, (double)macs * Racing));
        return images >= FewestImages ? (int)images : null;
    }

    private static string PixelText(ImageInput image) => string.Create(
        CultureInfo.InvariantCulture, $"{OptionWords.Word(image.Color).ToUpperInvariant()}, scale {image.Scale:0.######}, mean {Numbers(image.Mean)}, std {Numbers(image.Std)}");

    private static string Numbers(IEnumerable<float> values) => string.Join(", ", values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));
}
