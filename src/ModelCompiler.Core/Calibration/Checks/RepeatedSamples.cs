using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Samples that are in one set more than once. Of what is measured on, pictures that only look the same count too.</summary>
internal sealed class RepeatedSamples : IDataCheck
{
    public IEnumerable<ModelDiagnostic> Of(DataInUse data)
    {
        if (data.Calibration is { IsOneSample: false } calibration)
        {
            foreach (var warning in Of(data.Model, calibration, Copies.SameWithin(calibration.Samples), "They add time and no knowledge of ranges."))
                yield return warning;
        }

        if (data.Evaluation is { } evaluation)
        {
            Copy[] copies = [.. Copies.SameWithin(evaluation.Samples), .. Copies.AlikeWithin(evaluation.Samples)];
            foreach (var warning in Of(data.Model, evaluation, copies, "Each counts again, so that intervals come out narrower than they are."))
                yield return warning;
        }
    }

    private static IEnumerable<ModelDiagnostic> Of(string model, SeenData data, IReadOnlyList<Copy> copies, string consequence)
    {
        if (Copies.Matter(copies, data.Samples.Count))
            yield return DiagnosticRules.SamplesRepeat.Create(model, copies.Count, data.Samples.Count, data.Role, data.Name, Copies.Text(copies), consequence);
    }
}
