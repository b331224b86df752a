namespace ModelCompiler;

/// <summary>How an image of any size reaches the size that the model wants.</summary>
/// <remarks>
/// Sampling is bilinear with half-pixel centres. Where the image shrinks, the filter widens with the scale, so that every source
/// pixel counts (antialiasing, as Pillow and torchvision do by default).
/// </remarks>
public sealed record Resizing
{
    private Resizing(ResizeMode mode, int width, int height)
    {
        Mode = mode;
        Width = width;
        Height = height;
    }

    /// <summary>The image keeps its size.</summary>
    public static Resizing None { get; } = new(ResizeMode.None, 0, 0);

    /// <summary>Which of the forms.</summary>
    public ResizeMode Mode { get; }

    /// <summary>Target width in pixels; for <see cref="ResizeMode.ShortSide"/> the length of the shorter side.</summary>
    public int Width { get; }

    /// <summary>Target height in pixels; for <see cref="ResizeMode.ShortSide"/> the length of the shorter side.</summary>
    public int Height { get; }

    /// <summary>The byte value of a letterbox's bars, before scale, mean and std.</summary>
    public byte Fill { get; private init; }

    /// <summary>Where a letterboxed image sits.</summary>
    public LetterboxPosition Position { get; private init; }

    /// <summary>The shorter side becomes <paramref name="length"/> pixels and the other follows, rounded down, so that the aspect stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not positive.</exception>
    public static Resizing ShortSide(int length) => Sized(ResizeMode.ShortSide, length, length);

    /// <summary>The image becomes exactly this size; the aspect changes if it must.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static Resizing Stretch(int width, int height) => Sized(ResizeMode.Stretch, width, height);

    /// <summary>The image becomes as large as fits with its aspect kept; bars of <paramref name="fill"/> take the rest.</summary>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Height of the box.</param>
    /// <param name="fill">The byte value of the bars in every channel.</param>
    /// <param name="position">Where in the box the image sits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static Resizing Letterbox(int width, int height, byte fill = 0, LetterboxPosition position = LetterboxPosition.Center) =>
        Sized(ResizeMode.Letterbox, width, height) with { Fill = fill, Position = position };

    private static Resizing Sized(ResizeMode mode, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return new Resizing(mode, width, height);
    }
}

/// <summary>The forms of <see cref="Resizing"/>.</summary>
public enum ResizeMode
{
    /// <summary>Keep the size.</summary>
    None,

    /// <summary>Scale the shorter side to a length.</summary>
    ShortSide,

    /// <summary>Scale both sides freely.</summary>
    Stretch,

    /// <summary>Scale to fit and fill the rest.</summary>
    Letterbox,
}

/// <summary>Where a letterboxed image sits.</summary>
public enum LetterboxPosition
{
    /// <summary>Bars of equal size on both sides.</summary>
    Center,

    /// <summary>Bars only right and below.</summary>
    TopLeft,
}
