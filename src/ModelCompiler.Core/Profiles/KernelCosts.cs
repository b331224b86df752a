namespace ModelCompiler.Profiles;

/// <summary>
/// What a device's kernels take, in picoseconds on one core: a model of cost good enough to tell which layers gain from integers. It is used in place of
/// measuring each layer, so that the same model always compiles to the same file.
/// </summary>
/// <remarks>
/// Only ratios matter. Those of x64 are fitted to ONNX Runtime's own profile of YOLOX-nano and SqueezeNet on an AMD EPYC with VNNI; those of ARM64 are estimates.
/// </remarks>
public sealed record KernelCosts
{
    /// <summary>One multiply-accumulate in float.</summary>
    public required double FloatMac { get; init; }

    /// <summary>One multiply-accumulate of a depthwise convolution in float.</summary>
    public required double FloatDepthwiseMac { get; init; }

    /// <summary>One multiply-accumulate in integers.</summary>
    public required double IntegerMac { get; init; }

    /// <summary>One multiply-accumulate of a depthwise convolution in integers.</summary>
    public required double IntegerDepthwiseMac { get; init; }

    /// <summary>Bringing one sum to the scale of the output.</summary>
    public required double IntegerResult { get; init; }

    /// <summary>Copying the channels of one position of a window, as integer convolutions with windows larger than 1 do first.</summary>
    public required double IntegerWindowCopy { get; init; }

    /// <summary>Turning one number from float into an integer or back.</summary>
    public required double Conversion { get; init; }
}
