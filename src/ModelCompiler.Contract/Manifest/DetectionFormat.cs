namespace ModelCompiler.Contract;

/// <summary>How the numbers of a detector's output become boxes.</summary>
/// <param name="Box">What the four numbers of a box are; null where only the numbers themselves can tell.</param>
/// <param name="IsRelative">Whether they are shares of the input's size instead of its pixels; null where only the numbers can tell.</param>
/// <param name="HasObjectness">Whether a number before the classes says that there is any object.</param>
/// <param name="IsColumnsFirst">True for [N, numbers, anchors], false for [N, anchors, numbers].</param>
/// <param name="Background">Index of the class that means "nothing"; null for none, or where <paramref name="Box"/> is to be told from the numbers too.</param>
/// <param name="Strides">Pixels of a cell, for each level of the grid.</param>
public sealed record DetectionFormat(
    BoxCoding? Box, bool? IsRelative, bool HasObjectness, bool IsColumnsFirst, int? Background, EquatableArray<int> Strides);

/// <summary>What the four numbers of a box are.</summary>
public enum BoxCoding
{
    /// <summary>Left, top, right, bottom.</summary>
    Corners,

    /// <summary>Centre x, centre y, width, height.</summary>
    Center,

    /// <summary>Offset of the centre in its cell and logarithm of the size, in cells.</summary>
    Grid,
}
