using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>Values that are no tensors of numbers.</summary>
internal static class ValueManifests
{
    /// <summary>Strings of fixed and open shapes, and a single one.</summary>
    public static ModelManifest Words { get; } = Manifests.Model("words", "Words") with
    {
        Inputs = new([Strings("pair", Dimension.Of(1), Dimension.Of(2)), Strings("rest", Dimension.Named("n")), Strings("one")]),
        Outputs = new([.. new[] { Strings("pair_out", Dimension.Of(1), Dimension.Of(2)), Strings("rest_out", Dimension.Named("n")), Strings("one_out") }.Select(value => new ManifestOutput(value.Value, OutputKind.Raw))]),
    };

    /// <summary>Sequences in and out, of numbers and of strings.</summary>
    public static ModelManifest Sequences { get; } = Manifests.Model("sequences", "Sequences") with
    {
        Inputs = new([new ManifestInput(Value("numbers", ValueKind.Sequence, "seq(tensor(int64))"), null), new ManifestInput(Value("texts", ValueKind.Sequence, "seq(tensor(string))"), null)]),
        Outputs = new([new ManifestOutput(Value("numbers_out", ValueKind.Sequence, "seq(tensor(int64))"), OutputKind.Raw), new ManifestOutput(Value("texts_out", ValueKind.Sequence, "seq(tensor(string))"), OutputKind.Raw)]),
    };

    /// <summary>What scikit-learn's converters write for a classifier: a map for each sample.</summary>
    public static ModelManifest Zipped { get; } = Manifests.Model("zipped", "Zipped") with
    {
        Inputs = new([new ManifestInput(ValueSignature.Tensor("scores", ElementType.Float32, Dimension.Named("n"), Dimension.Of(2)), null)]),
        Outputs = new([new ManifestOutput(Value("probabilities", ValueKind.Sequence, "seq(map(int64,tensor(float)))"), OutputKind.Raw)]),
    };

    /// <summary>A map as input.</summary>
    public static ModelManifest Counts { get; } = Manifests.Model("counts", "Counts") with
    {
        Inputs = new([new ManifestInput(Value("words", ValueKind.Map, "map(int64,tensor(float))"), null)]),
        Outputs = new([new ManifestOutput(Manifests.Float("vector", 1, 3), OutputKind.Raw)]),
    };

    /// <summary>A type that C# has not: its values are ONNX Runtime's own.</summary>
    public static ModelManifest Nibbles { get; } = Manifests.Model("nibbles", "Nibbles") with
    {
        Inputs = new([new ManifestInput(ValueSignature.Tensor("packed", ElementType.Int4, Dimension.Of(4)), null), new ManifestInput(Value("maybe", ValueKind.Optional, "optional(tensor(float))"), null)]),
        Outputs = new([new ManifestOutput(Manifests.Float("y", 4), OutputKind.Raw)]),
    };

    public static IEnumerable<ModelManifest> All => [Words, Sequences, Zipped, Counts, Nibbles];

    private static ManifestInput Strings(string name, params Dimension[] shape) => new(ValueSignature.Tensor(name, ElementType.String, shape), null);

    private static ValueSignature Value(string name, ValueKind kind, string type) => new(name, kind, ElementType.Undefined, null, type);
}
