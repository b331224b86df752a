namespace ModelCompiler.Contract;

/// <summary>
/// Everything that the generator needs to write a model's class, decided before any code is generated: names, signature, task,
/// preprocessing, labels and the profiles whose assets the app will find beside it.
/// </summary>
/// <param name="Name">The asset's base name: the app finds <c>models/&lt;Name&gt;.&lt;profile&gt;.onnx</c>.</param>
public sealed record ModelManifest(
    string Name,
    string ClassName,
    string Namespace,
    Access Access,
    ModelTask Task,
    EquatableArray<ManifestInput> Inputs,
    EquatableArray<ManifestOutput> Outputs,
    EquatableArray<string> Labels,
    EquatableArray<ManifestProfile> Profiles,
    ModelProvenance Provenance);

/// <summary>Accessibility of the generated types.</summary>
public enum Access
{
    Public,
    Internal,
}

/// <summary>What a model is for, which decides the methods that its class has beside <c>Run</c>.</summary>
public enum ModelTask
{
    Raw,
    Classification,
    Detection,
    Segmentation,
    Embedding,
    Regression,
}

/// <summary>An input, and how an image becomes it where it is one.</summary>
public sealed record ManifestInput(ValueSignature Value, ImageInput? Image)
{
    /// <summary>The output whose value it gets in the next run; null where the caller gives it.</summary>
    public string? State { get; init; }

    /// <summary>The value that each of its elements always has; null where the caller gives it.</summary>
    public double? Constant { get; init; }

    /// <summary>How a stream of sound becomes it; null where it is none.</summary>
    public AudioInput? Audio { get; init; }
}

/// <summary>An output and the meaning of its numbers.</summary>
public sealed record ManifestOutput(ValueSignature Value, OutputKind Kind)
{
    /// <summary>How boxes are read from it; null where it has none.</summary>
    public DetectionFormat? Detection { get; init; }

    /// <summary>How the class of each pixel is read from it; null where it has none.</summary>
    public ClassMapFormat? ClassMap { get; init; }

    /// <summary>By which logits, or logarithms of probabilities, are divided before they become the scores of classes; null leaves them as they are.</summary>
    public double? Temperature { get; init; }
}

/// <summary>The meaning of an output's numbers.</summary>
public enum OutputKind
{
    Raw,

    /// <summary>Non-negative, sums to one.</summary>
    Probabilities,

    /// <summary>Softmax turns them into probabilities.</summary>
    Logits,

    Embedding,

    /// <summary>Boxes and their scores, one table.</summary>
    Detections,

    /// <summary>Boxes, whose scores are another output.</summary>
    Boxes,

    /// <summary>The scores of the boxes of another output.</summary>
    Scores,

    /// <summary>A class for each pixel.</summary>
    ClassMap,

    /// <summary>What is to be predicted: one number a sample, or several.</summary>
    Value,
}

/// <summary>A target that the app may run on: the asset exists once for each.</summary>
public sealed record ManifestProfile(
    string Name,
    EquatableArray<string> RuntimeIdentifiers,
    EquatableArray<ManifestProvider> Providers,
    EquatableArray<MetadataEntry> SessionSettings)
{
    /// <summary>What the device's processor must have, in the words of <see cref="ProfileReader.ProcessorFeatures"/>.</summary>
    public EquatableArray<string> ProcessorFeatures { get; init; }

    /// <summary>True where the app carries the asset compressed with gzip.</summary>
    public bool IsCompressed { get; init; }
}

/// <summary>An ONNX Runtime execution provider and its options, in the order in which they are tried.</summary>
public sealed record ManifestProvider(string Name, EquatableArray<MetadataEntry> Options);

/// <summary>Where the model comes from, for the documentation of the generated class.</summary>
public sealed record ModelProvenance(string? Description, string? License, string? Source);
