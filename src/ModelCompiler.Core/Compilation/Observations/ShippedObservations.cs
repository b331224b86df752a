using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>The one list of what is looked at in a form before it is shipped.</summary>
internal static class ShippedObservations
{
    private static readonly IObservation[] All =
    [
        new ChangedAnswers(),
        new LoadTimes(),
        new Energy(),
        new AccuracyLadder(),
        new Robustness(),
        new AdversarialSensitivity(),
        new DataSets(),
        new OutOfDistributionDetection(),
    ];

    public static CompileReport Observe(ShippedForm form, CompileReport report) => All.Aggregate(report, (seen, observation) => observation.Observe(form, seen));
}
