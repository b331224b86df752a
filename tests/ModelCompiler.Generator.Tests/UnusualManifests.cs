using ModelCompiler.Contract;
using static ModelCompiler.Generator.Tests.Manifests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Signatures whose names, types or shapes are hard to bring to C#. Their models hand inputs through.</summary>
internal static class UnusualManifests
{
    private static readonly (string Name, ElementType Type)[] IntegerTypes =
    [
        ("sbyte", ElementType.Int8), ("byte", ElementType.UInt8), ("short", ElementType.Int16), ("ushort", ElementType.UInt16),
        ("int", ElementType.Int32), ("uint", ElementType.UInt32), ("long", ElementType.Int64), ("ulong", ElementType.UInt64),
    ];

    /// <summary>All widths of integers, named like C#'s own types.</summary>
    public static ModelManifest Integers { get; } = Manifests.Model("integers", "Integers") with
    {
        Inputs = new(IntegerTypes.Select(integer => Input(integer.Name, integer.Type, 2))),
        Outputs = new(IntegerTypes.Select(integer => Output("out_" + integer.Name, integer.Type, 2))),
    };

    /// <summary>All floats, and bool.</summary>
    public static ModelManifest Floats { get; } = Manifests.Model("floats", "Floats") with
    {
        Inputs = new([Input("half", ElementType.Float16, 1, 2), Input("brain", ElementType.BFloat16, 2), Input("double", ElementType.Float64), Input("bool", ElementType.Bool, 3)]),
        Outputs = new([Output("half_out", ElementType.Float16, 1, 2), Output("brain_out", ElementType.BFloat16, 2), Output("double_out", ElementType.Float64), Output("bool_out", ElementType.Bool, 3)]),
    };

    /// <summary>Names that are keywords, members, parameters, or differ only in punctuation.</summary>
    public static ModelManifest Collisions { get; } = Manifests.Model("collisions", "Collisions") with
    {
        Access = Access.Internal,
        Inputs = new(new[] { "class", "in", "a-b", "a.b", "a b", "A_B", "Run", "call", "cancellationToken", "options", "_session", "Dims" }.Select(name => Input(name, ElementType.Float32, 1))),
        Outputs = new(new[] { "Dispose", "run:0", "out", "ToString", "Class", "A/B", "Deconstruct" }.Select(name => Output(name, ElementType.Float32, 1))),
    };

    /// <summary>Names of other scripts, and of hardly any letters.</summary>
    public static ModelManifest Spellings { get; } = Manifests.Model("spellings", "Spellings") with
    {
        Inputs = new(new[] { "温度", "émotion", "_", "-", "1e3", "<a href=\"x\">&\\\n", "x😀y" }.Select(name => Input(name, ElementType.Int64, 1))),
        Outputs = new(new[] { "π²", "__", "0", "*/", "{0}" }.Select(name => Output(name, ElementType.Int64, 1))),
    };

    /// <summary>Values of any rank, and one whose name is that of another's shape.</summary>
    public static ModelManifest Unranked { get; } = Manifests.Model("unranked", "Unranked") with
    {
        Inputs = new([new ManifestInput(AnyRank("data"), null), Input("data_shape", ElementType.Float32, 1)]),
        Outputs = new([new ManifestOutput(AnyRank("result"), OutputKind.Raw), Output("rest", ElementType.Float32, 1)]),
    };

    /// <summary>Two inputs that share both of their open axes.</summary>
    public static ModelManifest Tokens { get; } = Manifests.Model("tokens", "Tokens") with
    {
        Inputs = new([new ManifestInput(Sequence("input_ids"), null), new ManifestInput(Sequence("attention_mask"), null)]),
        Outputs = new([new ManifestOutput(Sequence("last_hidden_state"), OutputKind.Raw)]),
    };

    /// <summary>A scalar among outputs of fixed and open shapes.</summary>
    public static ModelManifest Statistics { get; } = Manifests.Model("statistics", "Statistics") with
    {
        Inputs = new([new ManifestInput(ValueSignature.Tensor("values", ElementType.Float32, Dimension.Named("rows"), Dimension.Of(3)), null)]),
        Outputs = new(
        [
            Output("size", ElementType.Int64),
            Output("shape", ElementType.Int64, 2),
            new ManifestOutput(ValueSignature.Tensor("same", ElementType.Float32, Dimension.Named("rows"), Dimension.Of(3)), OutputKind.Raw),
        ]),
    };

    /// <summary>Labels that become one name, or none.</summary>
    public static ModelManifest Animals { get; } = Manifests.Model("animals", "Animals") with
    {
        Task = ModelTask.Classification,
        Inputs = new([Input("top", ElementType.Float32, 1, 9)]),
        Outputs = new([new ManifestOutput(Float("probabilities", 1, 9), OutputKind.Probabilities)]),
        Labels = new(["cat", "Cat", "CAT!", "cat, domestic", "class", "?", "...", "3 cats", "猫"]),
    };

    public static IEnumerable<ModelManifest> All => [Integers, Floats, Collisions, Spellings, Unranked, Tokens, Statistics, Animals];

    private static ManifestInput Input(string name, ElementType type, params long[] shape) => new(ValueSignature.Tensor(name, type, [.. shape.Select(Dimension.Of)]), null);

    private static ManifestOutput Output(string name, ElementType type, params long[] shape) => new(ValueSignature.Tensor(name, type, [.. shape.Select(Dimension.Of)]), OutputKind.Raw);

    private static ValueSignature AnyRank(string name) => new(name, ValueKind.Tensor, ElementType.Float32, null, "tensor(float)");

    private static ValueSignature Sequence(string name) => ValueSignature.Tensor(name, ElementType.Int64, Dimension.Named("batch"), Dimension.Named("sequence"));
}
