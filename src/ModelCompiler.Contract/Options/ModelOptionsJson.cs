namespace ModelCompiler.Contract;

/// <summary>The JSON form of <see cref="ModelOptions"/>, which is the sidecar's and also that of a build request's models.</summary>
internal static class ModelOptionsJson
{
    public static ModelOptions Read(JsonObject json, string directory)
    {
        var (images, inputs) = InputJson.Read(json);
        var options = new ModelOptions
        {
            ClassName = json.String("className"),
            Namespace = json.String("namespace"),
            Access = Word<Access>(json, "access", OptionWords.Accesses),
            Task = string.Equals(json.String("task"), "auto", StringComparison.OrdinalIgnoreCase) ? null : Word<ModelTask>(json, "task", OptionWords.Tasks),
            Labels = FilePath(json, "labels", directory),
            Dims = new(Dims(json)),
            Images = new(images),
            Inputs = new(inputs),
            Outputs = new(OutputJson.Read(json)),
            Compile = CompileOptionsJson.Read(json, directory),
            Provenance = new ModelProvenance(json.String("description"), json.String("license"), json.String("source")),
        };
        json.RejectUnknown();
        return options;
    }

    public static void Write(JsonText json, ModelOptions options)
    {
        json.String("className", options.ClassName);
        json.String("namespace", options.Namespace);
        json.String("access", options.Access is { } access ? OptionWords.Word(access) : null);
        json.String("task", options.Task is { } task ? OptionWords.Word(task) : null);
        json.String("labels", options.Labels);
        json.Map("dims", options.Dims, dim => json.Number(dim.Name, dim.Size));
        InputJson.Write(json, options.Images, options.Inputs);
        OutputJson.Write(json, options.Outputs);
        CompileOptionsJson.Write(json, options.Compile);
        json.String("description", options.Provenance.Description);
        json.String("license", options.Provenance.License);
        json.String("source", options.Provenance.Source);
    }

    /// <summary>A property that holds a word of <typeparamref name="T"/>.</summary>
    public static T? Word<T>(JsonObject json, string name, IReadOnlyList<string> words)
        where T : struct, Enum =>
        json.String(name) is not { } text ? null : OptionWords.Parse<T>(text) ?? throw json.Invalid(name, "one of " + string.Join(", ", words));

    /// <summary>A property that holds a path, made absolute.</summary>
    public static string? FilePath(JsonObject json, string name, string directory)
    {
        if (json.String(name) is not { } path)
            return null;
        return FilePaths.Absolute(path, directory) ?? throw json.Invalid(name, "a path");
    }

    private static IEnumerable<DimensionBinding> Dims(JsonObject json)
    {
        if (json.Object("dims") is not { } dims)
            yield break;
        foreach (var name in dims.PropertyNames)
        {
            if (dims.Number(name) is not { } size || size < 1 || size > int.MaxValue || Math.Floor(size) != size)
                throw dims.Invalid(name, "a whole number of at least 1");
            yield return new DimensionBinding(name, (long)size);
        }
    }
}
