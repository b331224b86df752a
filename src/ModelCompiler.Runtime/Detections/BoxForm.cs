namespace ModelCompiler;

/// <summary>What the four numbers of a box are.</summary>
public enum BoxForm
{
    /// <summary>Left, top, right, bottom.</summary>
    Corners,

    /// <summary>Centre x, centre y, width, height.</summary>
    Center,

    /// <summary>
    /// Offset of the centre from its cell's corner in cells, and natural logarithm of the size in cells:
    /// <c>x = (column + x′)·stride, width = exp(width′)·stride</c> (YOLOX: Ge et al. 2021).
    /// </summary>
    Grid,
}
