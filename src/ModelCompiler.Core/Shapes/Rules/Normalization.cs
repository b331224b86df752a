namespace ModelCompiler.Shapes.Rules;

/// <summary>Normalizations keep the type of their input; what some give beside it (statistics) is left open.</summary>
internal static class Normalization
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("BatchNormalization InstanceNormalization LayerNormalization GroupNormalization RMSNormalization LRN LpNormalization "
            + "MeanVarianceNormalization", Elementwise.Same),
    ];
}
