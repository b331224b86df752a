using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>Something that is looked at once, in the form that is about to be shipped, and becomes a part of the report.</summary>
internal interface IObservation
{
    /// <summary>The report with what was seen; the same where there is nothing to see. What is wrong goes to <see cref="ShippedForm.Report"/>.</summary>
    CompileReport Observe(ShippedForm form, CompileReport report);
}
