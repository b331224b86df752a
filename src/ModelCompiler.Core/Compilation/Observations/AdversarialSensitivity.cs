using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Adversarial;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Compilation.Observations;

/// <summary>How easily small changes of the input change the form's answers, beside the original's: a probe, and no guarantee.</summary>
internal sealed class AdversarialSensitivity : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) =>
        form.LooksAtRobustness && form.Original is { AnswersWithClasses: true, Detections: null } ? report with { Adversarial = Measure(form) } : report;

    private static AdversarialFacts Measure(ShippedForm form)
    {
        var original = form.Original;
        if (Changeable(original) is not { } input)
            return AdversarialFacts.Not("that takes a model with one float32 input that holds numbers or an image");
        if (original.TypicalCost().Macs is not { } macs)
            return AdversarialFacts.Not("the cost of a run is not known, so that nothing tells whether a build can afford it");
        if (AdversarialEffort.Of(macs) is not { } effort)
            return AdversarialFacts.Not("the model is too large for it in a build");

        Sample[] samples = [.. original.Samples.Samples(effort.Samples)];
        var shape = samples[0].Inputs[input.Value.Name].Dims.ToArray();
        samples = Array.FindAll(samples, sample => sample.Inputs[input.Value.Name].Dims.SequenceEqual(shape));
        var probe = new AdversarialProbe(input, samples, effort.Queries);
        using var compiled = OrtModel.Load(form.Candidate.Path);
        return AdversarialFacts.Of(probe.Flips(original.Running, Progress("the original")), probe.Flips(compiled, Progress(form.Candidate.Precision)), effort.Queries);

        StepProgress Progress(string of) => new(form.Progress, $"searching for inputs that change the answers of {of}", samples.Length);
    }

    private static ManifestInput? Changeable(OriginalModel original) =>
        original.Meaning.Inputs.Where(input => input.Value.ElementType.IsFloatingPoint()).ToArray() is [{ Value.ElementType: ElementType.Float32, State: null } only] ? only : null;
}
