namespace ModelCompiler.Contract;

/// <summary>Reads the metadata of a <c>Model</c> item. Empty metadata is "not said", as MSBuild gives it.</summary>
/// <param name="metadata">The value of a metadata by its name; empty or null when it is not set.</param>
/// <param name="projectFile">Named in diagnostics; paths in metadata are relative to its folder.</param>
public sealed class ModelMetadata(Func<string, string?> metadata, string projectFile)
{
    /// <summary>Every metadata that is read, for those who must list them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "ClassName", "Namespace", "Access", "Task", "Labels", "Dims", "Preprocess", "Precision", "Pruning", "PruningRatio", "Distill", "Teacher",
        "DistillTime", "Calibration", "Evaluation", "OutOfDistribution", "MaxAccuracyDrop", "MaxClassDrop", "MinAgreement", "RequireEvidence", "Robustness", "CheckPreprocessing", "MaxSize", "MaxLatency",
        "MaxMemory", "Profiles", "Delivery",
    ];

    /// <summary>All options of the item.</summary>
    /// <exception cref="DiagnosticException">MC0003, naming the metadata and what it takes.</exception>
    public ModelOptions Read() => new()
    {
        ClassName = Checked("ClassName", Identifiers.IsIdentifier, "a C# class name"),
        Namespace = Checked("Namespace", Identifiers.IsNamespace, "a C# namespace"),
        Access = Word<Access>("Access", OptionWords.Accesses),
        Task = string.Equals(Text("Task"), "auto", StringComparison.OrdinalIgnoreCase) ? null : Word<ModelTask>("Task", OptionWords.Tasks),
        Labels = FilePath("Labels"),
        Dims = Text("Dims") is { } dims ? new(DimsText.Parse(dims) ?? throw Invalid("Dims", DimsText.Form)) : default,
        Images = Text("Preprocess") is { } image ? new([PreprocessText.Parse(image) ?? throw Invalid("Preprocess", PreprocessText.Form)]) : default,
        Compile = ReadCompile(),
    };

    private CompileOptions ReadCompile() => new()
    {
        Precision = OneOf("Precision", OptionWords.Precisions),
        Pruning = OneOf("Pruning", OptionWords.Prunings),
        PruningRatio = Amount("PruningRatio", Quantity.Fraction, Quantity.FractionForm),
        Distill = Switch("Distill"),
        Teacher = FilePath("Teacher"),
        DistillTime = Amount("DistillTime", Quantity.Duration, Quantity.DurationForm),
        Calibration = FilePath("Calibration"),
        Evaluation = FilePath("Evaluation"),
        OutOfDistribution = FilePath("OutOfDistribution"),
        MaxAccuracyDrop = Amount("MaxAccuracyDrop", Quantity.Fraction, Quantity.FractionForm),
        MaxClassDrop = Amount("MaxClassDrop", Quantity.Fraction, Quantity.FractionForm),
        MinAgreement = Amount("MinAgreement", Quantity.Fraction, Quantity.FractionForm),
        RequireEvidence = Switch("RequireEvidence"),
        Robustness = Switch("Robustness"),
        CheckPreprocessing = Switch("CheckPreprocessing"),
        MaxSize = Amount("MaxSize", Quantity.Bytes, Quantity.BytesForm),
        MaxLatency = Amount("MaxLatency", Quantity.Duration, Quantity.DurationForm),
        MaxMemory = Amount("MaxMemory", Quantity.Bytes, Quantity.BytesForm),
        Profiles = new((Text("Profiles") ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(profile => profile.Trim())),
        Delivery = Text("Delivery"),
    };

    private string? Text(string name) => metadata(name)?.Trim() is { Length: > 0 } text ? text : null;

    private string? Checked(string name, Func<string, bool> isValid, string form) =>
        Text(name) is not { } text || isValid(text) ? Text(name) : throw Invalid(name, form);

    private bool? Switch(string name) =>
        Text(name) is not { } text ? null : bool.TryParse(text, out var on) ? on : throw Invalid(name, "true or false");

    private T? Word<T>(string name, IReadOnlyList<string> words)
        where T : struct, Enum =>
        Text(name) is { } text ? OptionWords.Parse<T>(text) ?? throw Invalid(name, OneOf(words)) : null;

    private string? OneOf(string name, IReadOnlyList<string> words)
    {
        if (Text(name)?.ToLowerInvariant() is not { } word)
            return null;
        return words.Contains(word, StringComparer.Ordinal) ? word : throw Invalid(name, OneOf(words));
    }

    private string? Amount<T>(string name, Func<string, T?> parse, string form)
        where T : struct =>
        Text(name) is not { } text || parse(text) is not null ? Text(name) : throw Invalid(name, form);

    private string? FilePath(string name) =>
        Text(name) is { } path ? FilePaths.Absolute(path, Path.GetDirectoryName(projectFile)!) ?? throw Invalid(name, "a path") : null;

    private static string OneOf(IReadOnlyList<string> words) => "one of " + string.Join(", ", words);

    private DiagnosticException Invalid(string name, string form) =>
        new(DiagnosticRules.MetadataInvalid.Create(projectFile, name, Text(name) ?? "", form));
}
