using System.Drawing;

namespace ObjectDetector.Drawing;

/// <summary>A colour for each class.</summary>
internal static class Palette
{
    // Eleven: neighbours differ, and a prime number keeps kinds that are often seen together apart.
    private static readonly Color[] Colors =
    [
        Color.FromArgb(0xFF3B30), Color.FromArgb(0x0A84FF), Color.FromArgb(0xFFCC00), Color.FromArgb(0xBF5AF2), Color.FromArgb(0x30D158), Color.FromArgb(0xFF9500),
        Color.FromArgb(0x00C7D9), Color.FromArgb(0xFF5FA8), Color.FromArgb(0x8E6B3E), Color.FromArgb(0xB4E600), Color.FromArgb(0x5E5CE6),
    ];

    public static Color ColorOf(int index) => Colors[index % Colors.Length];

    /// <summary>Black or white, whichever is easier to read on a colour, by its luminance (Rec. 601).</summary>
    public static Color TextOn(Color color) => (0.299f * color.R) + (0.587f * color.G) + (0.114f * color.B) > 140f ? Color.Black : Color.White;
}
