using ModelCompiler.Calibration;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation;

/// <summary>A data set that the project names.</summary>
/// <param name="Set">Its samples, of which those are kept that there is room for.</param>
/// <param name="Profile">What has been seen of them.</param>
/// <param name="Description">Where they come from.</param>
internal sealed record ProjectData(DataSet Set, DataProfile Profile, DataSetDescription Description)
{
    /// <summary>For the samples that need not be decoded at every use.</summary>
    public const long BytesOfKeptSamples = 64L << 20;

    /// <summary>Null where the project names none.</summary>
    /// <exception cref="DiagnosticException">MC0008 to MC0011, MC0026: missing, or not to be used.</exception>
    public static ProjectData? Open(string? path, DataModel model)
    {
        if (path is null)
            return null;
        var profile = new DataProfile(model.Inputs.FirstOrDefault(input => input.Image is not null));
        return new(new KeptDataSet(new ProfiledDataSet(DataSet.Open(path, model), profile), BytesOfKeptSamples), profile, DataSetDescription.ReadFor(path));
    }
}
