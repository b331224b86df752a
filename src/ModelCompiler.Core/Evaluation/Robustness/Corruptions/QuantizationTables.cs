namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>The steps of a JPEG file's frequencies: the tables of ITU-T T.81, annex K, scaled to a quality as the Independent JPEG Group's library does.</summary>
internal static class QuantizationTables
{
    private static readonly int[] LumaSteps =
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly int[] ChromaSteps =
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Row after row, the lowest frequency first.</summary>
    /// <param name="quality">From 1 to 100; 50 is the table as it stands.</param>
    public static float[] Luma(int quality) => Scaled(LumaSteps, quality);

    /// <inheritdoc cref="Luma"/>
    public static float[] Chroma(int quality) => Scaled(ChromaSteps, quality);

    private static float[] Scaled(int[] steps, int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return Array.ConvertAll(steps, step => (float)Math.Clamp(((step * percent) + 50) / 100, 1, 255));
    }
}
