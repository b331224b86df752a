using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>How long it takes to load both models, where the host is the profile's.</summary>
internal sealed class LoadTimes : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) => report.Latency is { } latency
        ? report with
        {
            Latency = latency with
            {
                OriginalLoadMs = Rounded.Time(LoadTime.MedianMs(form.Original.Path)),
                CompiledLoadMs = Rounded.Time(LoadTime.MedianMs(form.Candidate.Path)),
            },
        }
        : report;
}
