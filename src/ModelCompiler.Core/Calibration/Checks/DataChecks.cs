using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>The one list of what data is checked for.</summary>
internal static class DataChecks
{
    private static readonly IDataCheck[] All =
    [
        new Overlap(),
        new RepeatedSamples(),
        new UnevenClasses(),
        new SilentSamples(),
        new UnreadPictures(),
        new InputRange(),
    ];

    public static IEnumerable<ModelDiagnostic> Of(DataInUse data) => All.SelectMany(check => check.Of(data));
}
