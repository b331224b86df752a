namespace ModelCompiler;

/// <summary>What a generated class knows of its model before the model is loaded.</summary>
/// <param name="name">The asset's base name: the file is <c>models/&lt;name&gt;.&lt;profile&gt;.onnx</c>.</param>
public sealed class ModelDefinition(string name)
{
    /// <summary>The asset's base name.</summary>
    public string Name { get; } = name;

    /// <summary>The inputs in the order in which calls number them.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; init; } = [];

    /// <summary>The outputs in the order in which calls number them.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; init; } = [];

    /// <summary>The inputs that outputs renew: the memory of a recurrent model.</summary>
    public IReadOnlyList<StateSpec> States { get; init; } = [];

    /// <summary>The profiles that the model was compiled for, the preferred one first.</summary>
    public IReadOnlyList<ModelProfile> Profiles { get; init; } = [];
}
