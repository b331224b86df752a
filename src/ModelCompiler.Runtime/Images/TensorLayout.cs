namespace ModelCompiler;

/// <summary>The order of an image tensor's axes; the leading batch axis has size 1.</summary>
public enum TensorLayout
{
    /// <summary>[1, channels, height, width]: one plane after the other, as PyTorch exports.</summary>
    Nchw,

    /// <summary>[1, height, width, channels]: pixel after pixel, as TensorFlow exports.</summary>
    Nhwc,
}
