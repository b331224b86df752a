using ModelCompiler.Cost;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>What a run takes of energy, estimated with the profile's figures.</summary>
internal sealed class Energy : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report)
    {
        if (form.Job.Profile.Energy is not { } costs
            || EnergyEstimate.Millijoules(costs, form.Original.Cost(), IntegerShare.OfMacs(form.Original.Graph) ?? 0) is not { } before
            || EnergyEstimate.Millijoules(costs, form.Candidate.Cost, form.Candidate.IntegerMacsShare ?? 0) is not { } after)
            return report;
        return report with { Energy = new EnergyFacts(Rounded.Amount(before), Rounded.Amount(after), EnergyEstimate.Formula(costs)) };
    }
}
