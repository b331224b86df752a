namespace CompileBench;

/// <summary>What a CIFAR-10 model expects of the bytes of an image.</summary>
internal enum CifarScaling
{
    /// <summary>0 to 255.</summary>
    Bytes,

    /// <summary>(byte / 255 − mean) / standard deviation of each channel over ImageNet.</summary>
    Normalised,
}
