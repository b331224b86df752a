namespace ModelCompiler.Contract;

/// <summary>An output that can be a table of anchors: its last two sizes, where both are known.</summary>
internal sealed record DetectionTable(ManifestOutput Output, long First, long Second)
{
    public string Name => Output.Value.Name;

    public string ShapeText => ImageShape.Text(Output.Value);

    /// <summary>Null for anything but float tensors of one image: [1, a, b] or [a, b].</summary>
    public static DetectionTable? Of(ManifestOutput output)
    {
        if (output.Value is not { Kind: ValueKind.Tensor, ElementType: ElementType.Float32 or ElementType.Float16, Shape: { Count: 2 or 3 } shape })
            return null;
        if (shape.Count == 3 && shape[0].Size is { } batch && batch != 1)
            return null;
        return shape[shape.Count - 2].Size is { } first && shape[shape.Count - 1].Size is { } second && first > 0 && second > 0 ? new DetectionTable(output, first, second) : null;
    }
}
