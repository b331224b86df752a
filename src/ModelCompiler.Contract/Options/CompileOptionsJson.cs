namespace ModelCompiler.Contract;

/// <summary>The JSON form of <see cref="CompileOptions"/>: properties of the sidecar's root.</summary>
internal static class CompileOptionsJson
{
    public static CompileOptions Read(JsonObject json, string directory) => new()
    {
        Precision = Word(json, "precision", OptionWords.Precisions),
        Pruning = Word(json, "pruning", OptionWords.Prunings),
        PruningRatio = Amount(json, "pruningRatio", Quantity.Fraction, Quantity.FractionForm),
        Distill = json.Bool("distill"),
        Teacher = ModelOptionsJson.FilePath(json, "teacher", directory),
        DistillTime = Amount(json, "distillTime", Quantity.Duration, Quantity.DurationForm),
        Calibration = ModelOptionsJson.FilePath(json, "calibration", directory),
        Evaluation = ModelOptionsJson.FilePath(json, "evaluation", directory),
        OutOfDistribution = ModelOptionsJson.FilePath(json, "outOfDistribution", directory),
        MaxAccuracyDrop = Amount(json, "maxAccuracyDrop", Quantity.Fraction, Quantity.FractionForm),
        MaxClassDrop = Amount(json, "maxClassDrop", Quantity.Fraction, Quantity.FractionForm),
        MinAgreement = Amount(json, "minAgreement", Quantity.Fraction, Quantity.FractionForm),
        RequireEvidence = json.Bool("requireEvidence"),
        Robustness = json.Bool("robustness"),
        CheckPreprocessing = json.Bool("checkPreprocessing"),
        MaxSize = Amount(json, "maxSize", Quantity.Bytes, Quantity.BytesForm),
        MaxLatency = Amount(json, "maxLatency", Quantity.Duration, Quantity.DurationForm),
        MaxMemory = Amount(json, "maxMemory", Quantity.Bytes, Quantity.BytesForm),
        Profiles = new(json.Strings("profiles")),
        Delivery = json.String("delivery"),
    };

    public static void Write(JsonText json, CompileOptions options)
    {
        json.String("precision", options.Precision);
        json.String("pruning", options.Pruning);
        json.String("pruningRatio", options.PruningRatio);
        json.Bool("distill", options.Distill);
        json.String("teacher", options.Teacher);
        json.String("distillTime", options.DistillTime);
        json.String("calibration", options.Calibration);
        json.String("evaluation", options.Evaluation);
        json.String("outOfDistribution", options.OutOfDistribution);
        json.String("maxAccuracyDrop", options.MaxAccuracyDrop);
        json.String("maxClassDrop", options.MaxClassDrop);
        json.String("minAgreement", options.MinAgreement);
        json.Bool("requireEvidence", options.RequireEvidence);
        json.Bool("robustness", options.Robustness);
        json.Bool("checkPreprocessing", options.CheckPreprocessing);
        json.String("maxSize", options.MaxSize);
        json.String("maxLatency", options.MaxLatency);
        json.String("maxMemory", options.MaxMemory);
        json.Strings("profiles", options.Profiles);
        json.String("delivery", options.Delivery);
    }

    private static string? Word(JsonObject json, string name, IReadOnlyList<string> words)
    {
        if (json.String(name)?.ToLowerInvariant() is not { } word)
            return null;
        return words.Contains(word, StringComparer.Ordinal) ? word : throw json.Invalid(name, "one of " + string.Join(", ", words));
    }

    private static string? Amount<T>(JsonObject json, string name, Func<string, T?> parse, string form)
        where T : struct
    {
        if (json.Text(name) is not { } text)
            return null;
        return parse(text) is not null ? text : throw json.Invalid(name, form);
    }
}
