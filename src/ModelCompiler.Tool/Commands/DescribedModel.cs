using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Commands;

/// <summary>What a model file and the sidecars around it say of its inputs and outputs.</summary>
internal static class DescribedModel
{
    /// <summary>Reads the model's signature, and its sidecar, completed by that of the reference.</summary>
    /// <exception cref="DiagnosticException">Either file is no model, or a sidecar does not fit.</exception>
    public static DataModel Read(string path, Action<ModelDiagnostic> report, string? reference = null)
    {
        var signature = SignatureReader.Read(path);
        var options = SidecarReader.ReadFor(path);
        if (reference is not null)
        {
            _ = SignatureReader.Read(reference);
            options = options.Over(SidecarReader.ReadFor(reference));
        }

        var description = ModelDescriber.Describe(path, signature, options, report);
        return DataModel.Of(description);
    }
}
