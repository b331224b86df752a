namespace ModelCompiler.Contract;

/// <summary>What can be known of a model without reading its weights.</summary>
/// <param name="Name">The graph's own name; often meaningless, never empty guaranteed.</param>
/// <param name="IrVersion">The file's IR version.</param>
/// <param name="Opset">Version of the default operator set.</param>
/// <param name="Inputs">Inputs that a caller must give: initializers listed as inputs are not among them.</param>
/// <param name="Outputs">The graph's outputs.</param>
/// <param name="Metadata">The file's <c>metadata_props</c> and, under their field's names, <c>producer_name</c>, <c>doc_string</c> and the like.</param>
public sealed record ModelSignature(
    string Name,
    long IrVersion,
    long Opset,
    EquatableArray<ValueSignature> Inputs,
    EquatableArray<ValueSignature> Outputs,
    EquatableArray<MetadataEntry> Metadata)
{
    /// <summary>The operator that computes each output (<c>Softmax</c>), in the outputs' order; empty where no node of the graph does.</summary>
    public EquatableArray<string> OutputOperators { get; init; }

    /// <summary>Files beside the model that hold initializers, as the model names them: relative, and not yet checked to stay in its folder.</summary>
    public EquatableArray<string> ExternalFiles { get; init; }
}

public sealed record MetadataEntry(string Key, string Value);
