namespace ModelCompiler.Generator;

/// <summary>Names that a generated class cannot have, since its members have them (CS0542).</summary>
internal static class ReservedNames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Classify", "CreateState", "Definition", "Detect", "Dims", "Dispose", "Embed", "EmbedBatch", "Execution", "Framing", "Listen", "Load", "LoadAsync", "Objects", "OnConfigureSession",
        "OpenSession", "Outputs", "Predict", "PredictBatch", "Preprocessing", "Run", "RunAsync", "Segment", "Segmenter", "TryLoad", "WarmUp",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
