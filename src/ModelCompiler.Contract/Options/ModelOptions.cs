namespace ModelCompiler.Contract;

/// <summary>
/// All that a project says about one model, in the metadata of its <c>Model</c> item or in its sidecar. Null or empty is "not said".
/// Paths are absolute.
/// </summary>
public sealed record ModelOptions
{
    public static ModelOptions None { get; } = new();

    public string? ClassName { get; init; }

    public string? Namespace { get; init; }

    public Access? Access { get; init; }

    /// <summary>Null: chosen from what else is said (<c>Auto</c>).</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Path of the labels file.</summary>
    public string? Labels { get; init; }

    /// <summary>Sizes for the model's named dimensions.</summary>
    public EquatableArray<DimensionBinding> Dims { get; init; }

    /// <summary>Inputs that are images.</summary>
    public EquatableArray<ImageBinding> Images { get; init; }

    /// <summary>Inputs that are states, constants or sound.</summary>
    public EquatableArray<InputBinding> Inputs { get; init; }

    /// <summary>The meaning of outputs.</summary>
    public EquatableArray<OutputBinding> Outputs { get; init; }

    public CompileOptions Compile { get; init; } = CompileOptions.None;

    public ModelProvenance Provenance { get; init; } = new(null, null, null);

    /// <summary>These options, completed by <paramref name="defaults"/> where nothing was said.</summary>
    public ModelOptions Over(ModelOptions defaults) => new()
    {
        ClassName = ClassName ?? defaults.ClassName,
        Namespace = Namespace ?? defaults.Namespace,
        Access = Access ?? defaults.Access,
        Task = Task ?? defaults.Task,
        Labels = Labels ?? defaults.Labels,
        Dims = Dims.Count > 0 ? Dims : defaults.Dims,
        Images = Images.Count > 0 ? Images : defaults.Images,
        Inputs = Inputs.Count > 0 ? Inputs : defaults.Inputs,
        Outputs = Outputs.Count > 0 ? Outputs : defaults.Outputs,
        Compile = Compile.Over(defaults.Compile),
        Provenance = new ModelProvenance(
            Provenance.Description ?? defaults.Provenance.Description,
            Provenance.License ?? defaults.Provenance.License,
            Provenance.Source ?? defaults.Provenance.Source),
    };
}

/// <summary>A size for a named dimension: <c>batch=1</c>.</summary>
public sealed record DimensionBinding(string Name, long Size);

/// <summary>What is said of an input that is an image.</summary>
/// <param name="Input">The input's name; empty for "the only input that can be one".</param>
public sealed record ImageBinding(string Input, ImageSettings Settings);

/// <summary>What is said of the numbers of an output.</summary>
public sealed record OutputBinding(string Output, OutputKind Kind)
{
    /// <summary>How boxes are read from it, where something is said.</summary>
    public DetectionSettings? Detection { get; init; }

    /// <summary>How the class of each pixel is read from it, where something is said.</summary>
    public ClassMapSettings? ClassMap { get; init; }

    /// <summary>By which logits, or logarithms of probabilities, are divided before they become the scores of classes; null where nothing is said.</summary>
    public double? Temperature { get; init; }
}
