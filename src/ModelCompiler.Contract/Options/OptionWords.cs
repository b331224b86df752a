namespace ModelCompiler.Contract;

/// <summary>The words that options are made of, as they are written in metadata, sidecars and on the command line.</summary>
public static class OptionWords
{
    public static IReadOnlyList<string> Precisions { get; } =
        ["profile", "fp32", "fp16", "fp16-weights", "int8", "int8-dynamic", "int8-weights", "int4-weights", "auto"];

    public static IReadOnlyList<string> Prunings { get; } = ["none", "channels", "weights", "2:4"];

    public static IReadOnlyList<string> Tasks { get; } = ["auto", .. Names<ModelTask>()];

    public static IReadOnlyList<string> Accesses { get; } = Names<Access>();

    public static IReadOnlyList<string> OutputKinds { get; } = Names<OutputKind>();

    public static IReadOnlyList<string> DetectionLayouts { get; } = Names<DetectionLayout>();

    public static IReadOnlyList<string> BoxCodings { get; } = Names<BoxCoding>();

    public static IReadOnlyList<string> ClassMapValues { get; } = Names<ClassMapValues>();

    public static IReadOnlyList<string> Layouts { get; } = Names<ImageLayout>();

    public static IReadOnlyList<string> Colors { get; } = Names<ImageColor>();

    /// <summary>The word for an enum's value: its name in lower case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The value of a word in any case, or null when it is no word of the enum; numbers are none.</summary>
    public static T? Parse<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in (T[])Enum.GetValues(typeof(T)))
        {
            if (string.Equals(Word(value), word, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return null;
    }

    // Without generics over the enum: the first build of a process compiles each of their forms anew.
    private static string[] Names<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames(typeof(T)), name => name.ToLowerInvariant());
}
