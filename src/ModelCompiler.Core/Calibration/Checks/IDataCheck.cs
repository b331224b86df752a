using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Something that may be wrong with data although every sample of it can be read.</summary>
internal interface IDataCheck
{
    /// <summary>A warning for each thing that is wrong; none for data that is as it should be.</summary>
    IEnumerable<ModelDiagnostic> Of(DataInUse data);
}
