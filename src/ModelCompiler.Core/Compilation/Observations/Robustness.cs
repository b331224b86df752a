using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Evaluation.Robustness;
using ModelCompiler.Execution;

namespace ModelCompiler.Compilation.Observations;

/// <summary>How the form does beside the original while something happens to images: noise, blur, a camera that is not held straight.</summary>
internal sealed class Robustness : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) =>
        form.LooksAtRobustness && form.Original.Samples.ImageInput is not null ? report with { Robustness = Measure(form) } : report;

    private static RobustnessFacts Measure(ShippedForm form)
    {
        var original = form.Original;
        var isLabelled = original.Detections is null ? original.Samples.IsLabelled : original.Samples.HasBoxes;
        if (!isLabelled && original.Detections is null && !original.AnswersWithClasses)
            return RobustnessFacts.Not("nothing says that the model's outputs are classes or objects, so that no answer can be told right or wrong");
        if (original.TypicalCost().Macs is not { } macs)
            return RobustnessFacts.Not("the cost of a run is not known, so that nothing tells whether a build can afford it");
        if (Images(form, macs) is not { } images)
            return RobustnessFacts.Not("the model is too large for it in a build");
        if (original.Samples.Count < RobustnessEffort.FewestImages)
            return RobustnessFacts.Not($"that takes {RobustnessEffort.FewestImages} images or more");

        images = Math.Min(images, original.Samples.Count);
        var text = $"looking at the robustness of {form.Candidate.Precision}";
        form.Progress.Report(new CompileStep(text, 0));
        using var compiled = OrtModel.Load(form.Candidate.Path);
        var curves = new RobustnessProbe(original.Running, compiled, original.Detections).Measure(original.Samples, images, new StepProgress(form.Progress, text, images));
        return curves is null ? RobustnessFacts.Not("no image could be judged") : RobustnessFacts.Of(curves, isLabelled);
    }

    private static int? Images(ShippedForm form, long macs)
    {
        var resize = form.Original.Samples.ImageInput!.Image!.Resize;
        var seen = SeenImage.Of(form.Original.Samples.Images(1).First(), resize).Image;
        return RobustnessEffort.Images(macs, (long)seen.Width * seen.Height, RobustnessProbe.Corruptions(form.Original.Detections is not null).Length);
    }
}
