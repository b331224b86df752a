using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>
/// Samples of a single number or colour. Among pictures one is a mistake; silence in sound and empty rows of a table are not, until they are most of a set. Of calibration
/// data that is nothing else MC3010 says more.
/// </summary>
internal sealed class SilentSamples : IDataCheck
{
    /// <summary>A set of fewer samples is a trial.</summary>
    private const int LeastSamples = 8;

    private const int MostNamed = 3;

    public IEnumerable<ModelDiagnostic> Of(DataInUse data) =>
        from part in data.All
        where part.Samples.Count >= LeastSamples
        let blank = part.Samples.Where(sample => sample.IsBlank).ToArray()
        where blank.Length >= (part.Image is null ? part.Samples.Count / 2 : 1)
        where blank.Length < part.Samples.Count || part == data.Evaluation
        select DiagnosticRules.SamplesSilent.Create(
            data.Model, part.Role, part.Name, $"{blank.Length} of its {part.Samples.Count} samples hold {(part.Image is null ? "one number" : "one colour")} throughout ({Names(blank)})", "Take them out, or look at how they came about.");

    private static string Names(SampleTraits[] samples) => string.Join(", ", samples.Take(MostNamed).Select(sample => $"'{sample.Name}'")) + (samples.Length > MostNamed ? ", …" : "");
}
