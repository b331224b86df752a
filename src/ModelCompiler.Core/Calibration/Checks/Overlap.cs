using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Samples that are measured on, and were calibrated with. Calibration data that is measured on since nothing else was given is no oversight.</summary>
internal sealed class Overlap : IDataCheck
{
    public IEnumerable<ModelDiagnostic> Of(DataInUse data)
    {
        if (data is not { Calibration: { } calibration, Evaluation: { } evaluation })
            yield break;
        if (calibration.FullPath == evaluation.FullPath)
        {
            yield return DiagnosticRules.DataSetsOverlap.Create(data.Model, $"Calibration and Evaluation both name '{evaluation.Name}'.");
            yield break;
        }

        var copies = Copies.Among(evaluation.Samples, calibration.Samples);
        if (Copies.Matter(copies, evaluation.Samples.Count))
        {
            yield return DiagnosticRules.DataSetsOverlap.Create(
                data.Model, $"{copies.Count} of the {evaluation.Samples.Count} samples of the evaluation data '{evaluation.Name}' are among the calibration data '{calibration.Name}': {Copies.Text(copies)}.");
        }
    }
}
