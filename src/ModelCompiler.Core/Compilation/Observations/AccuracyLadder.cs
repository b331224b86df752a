using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>What each of the steps that make integers more accurate is worth.</summary>
internal sealed class AccuracyLadder : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) =>
        report with { Ladder = ReportBuilder.Ladder(LadderAblation.Measure(form.Start, form.Original, form.Candidate)) };
}
