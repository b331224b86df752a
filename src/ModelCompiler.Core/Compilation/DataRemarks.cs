using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation;

/// <summary>What the data that a model was compiled with leaves to be desired.</summary>
/// <param name="job">Names the model and its data.</param>
internal sealed class DataRemarks(CompileJob job)
{
    private const string FromData = "Check that these samples are prepared as the model expects, and take those out that are not.";

    private const string FromNothing = "Give typical samples in Evaluation or Calibration.";

    public ModelDiagnostic Of(CalibrationDefect defect) => NotTypical(defect.Reason);

    /// <summary>Of a sample that holds NaN or infinity.</summary>
    public ModelDiagnostic NotFinite(Sample sample) => NotTypical($"its sample '{sample.Name}' holds NaN or infinity, and others may too");

    /// <summary>Of outputs of the original that were no numbers.</summary>
    public IEnumerable<ModelDiagnostic> Of(Comparison comparison, OriginalModel original) =>
        from output in comparison.Fidelity.Outputs
        where output.SamplesWithoutNumbers > 0
        select DiagnosticRules.OutputsNotNumbers.Create(
            job.Model, output.Name, output.SamplesWithoutNumbers, comparison.Samples, original.SampleSource, original.AreSamplesTypical ? FromData : FromNothing);

    private ModelDiagnostic NotTypical(string reason) => DiagnosticRules.CalibrationNotTypical.Create(job.Model, job.Options.Compile.Calibration ?? "", reason);
}
