using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>
/// MC3027: a form that takes much longer than the original is no gain, whoever named its precision. A project that sets <c>MaxLatency</c> has said what it takes.
/// </summary>
internal sealed class SlownessLimit : ILimit
{
    /// <summary>Of the original's time: far beyond the noise of measuring.</summary>
    private const double MostTimes = 1.5;

    /// <summary>What a run may take longer in any case: of the smallest models the operators around the work are most of the work.</summary>
    private const double UnnoticedUs = 200;

    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (form is { HasDefaultLimits: true, Budgets.MaxLatency: null, Evidence: { Original: { } before, Compiled: { } after } }
            && 1 / after.RatioToFirst is > MostTimes and var times && after.MedianUs - before.MedianUs > UnnoticedUs)
        {
            yield return DiagnosticRules.SlowerThanOriginal.Create(
                form.Job.Model, form.Candidate.Precision, Text.Microseconds(after.MedianUs), Text.Microseconds(before.MedianUs),
                string.Create(CultureInfo.InvariantCulture, $"{times:0.0}"), after.Runs, string.Create(CultureInfo.InvariantCulture, $"{MostTimes}"), Remedies.ForSlowness(after.MedianUs));
        }
    }
}
