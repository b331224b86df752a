namespace ModelCompiler.Contract;

/// <summary>One way in which an output can be read as a map with a class for each pixel; sizes that the model leaves open are null.</summary>
/// <param name="Output">The output.</param>
/// <param name="Values">What its numbers are; null for one float a pixel of which nothing tells whether it is a probability.</param>
/// <param name="Layout">Where the axis of the classes is.</param>
/// <param name="Classes">How many have a score; 1 for a map with one number a pixel.</param>
/// <param name="Height">Of the map.</param>
/// <param name="Width">Of the map.</param>
internal sealed record ClassMapReading(ManifestOutput Output, ClassMapValues? Values, ImageLayout Layout, long? Classes, long? Height, long? Width)
{
    /// <summary>The index of a class has 16 bits, and one value of them means that the model did not see the pixel.</summary>
    private const long MostClasses = ushort.MaxValue;

    /// <summary>Strides of maps are this at most: coarser ones are features.</summary>
    private const int LargestStride = 32;

    public ClassMapFormat? Format => Values is { } values ? new ClassMapFormat(values, Layout) : null;

    /// <summary>All that the rank and the type of the output allow.</summary>
    /// <param name="output">The output.</param>
    /// <param name="operatorType">What computes it; empty where that is not known.</param>
    /// <param name="hasBatch">Whether the first axis counts images.</param>
    public static IEnumerable<ClassMapReading> Of(ManifestOutput output, string operatorType, bool hasBatch)
    {
        if (output.Value is not { Kind: ValueKind.Tensor, Shape: { } shape } || (hasBatch && (shape.Count == 0 || shape[0].Size is > 1)))
            return [];
        var axes = shape.Skip(hasBatch ? 1 : 0).Select(axis => axis.Size).ToArray();
        var single = Single(output.Value.ElementType, operatorType);
        return axes.Length switch
        {
            2 when IsNumeric(output.Value.ElementType) => [new(output, single, ImageLayout.Nchw, 1, axes[0], axes[1])],
            3 => new[] { Read(ImageLayout.Nchw, axes[0], axes[1], axes[2]), Read(ImageLayout.Nhwc, axes[2], axes[0], axes[1]) }.OfType<ClassMapReading>(),
            _ => [],
        };

        ClassMapReading? Read(ImageLayout layout, long? classes, long? height, long? width)
        {
            if (classes == 1 && IsNumeric(output.Value.ElementType))
                return new(output, single, layout, classes, height, width);
            return IsFloat(output.Value.ElementType) && classes is null or (> 1 and <= MostClasses) ? new(output, ClassMapValues.Scores, layout, classes, height, width) : null;
        }
    }

    /// <summary>Whether the map can lie over the model's input: as large, or smaller by the same factor in both directions.</summary>
    public bool Covers(ImageShape input) =>
        Height is not 1 && Width is not 1
        && Enumerable.Range(1, LargestStride).Any(stride => Fits(input.Height, Height, stride) && Fits(input.Width, Width, stride));

    private static bool Fits(int? input, long? map, int stride) => input is null || map is null || map == input / stride || map == (input + stride - 1) / stride;

    /// <summary>What one number a pixel is. Operators whose results have no bounds give logits; of any other float, nothing is known.</summary>
    private static ClassMapValues? Single(ElementType type, string operatorType) => IsFloat(type)
        ? operatorType switch
        {
            "Sigmoid" or "HardSigmoid" or "Softmax" => ClassMapValues.Probability,
            "Conv" or "ConvTranspose" or "BatchNormalization" or "Gemm" or "MatMul" => ClassMapValues.Logit,
            _ => null,
        }
        : ClassMapValues.Indices;

    private static bool IsFloat(ElementType type) => type is ElementType.Float32 or ElementType.Float16 or ElementType.Float64 or ElementType.BFloat16;

    private static bool IsNumeric(ElementType type) => IsFloat(type) || type is ElementType.Bool or ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 or ElementType.UInt16
        or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64;
}
