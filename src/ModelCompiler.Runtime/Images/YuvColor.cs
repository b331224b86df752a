namespace ModelCompiler;

/// <summary>How luma and chroma become red, green and blue: the standard, and whether it uses all of a byte's values.</summary>
/// <remarks>In the limited range black is 16 and white 235, and chroma lies in 16–240; in the full range both use 0–255.</remarks>
public enum YuvColor
{
    /// <summary>ITU-R BT.601 in the limited range: what phone cameras and webcams deliver unless they say otherwise.</summary>
    Bt601,

    /// <summary>ITU-R BT.601 in the full range: what JPEG files hold (ITU-T T.871).</summary>
    Bt601Full,

    /// <summary>ITU-R BT.709 in the limited range: what HD video holds.</summary>
    Bt709,

    /// <summary>ITU-R BT.709 in the full range.</summary>
    Bt709Full,
}
