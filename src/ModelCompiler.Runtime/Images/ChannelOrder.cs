namespace ModelCompiler;

/// <summary>The colour channels that a model expects, in its order.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>One channel of luminance; colour becomes 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).</summary>
    Gray,
}
