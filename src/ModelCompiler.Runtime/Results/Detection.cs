using System.Globalization;

namespace ModelCompiler;

/// <summary>One object that a model sees in an image: what it is, how sure the model is, and where.</summary>
/// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Box">Around the object, in pixels of the image that was given.</param>
/// <param name="Index">The position of the class in the model's output, from 0.</param>
public readonly record struct Detection<TLabel>(TLabel Label, float Score, BoundingBox Box, int Index)
    where TLabel : unmanaged
{
    /// <summary>For example <c>Dog (87.5 %) at (10.0, 20.5) to (30.0, 40.0)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} ({Score * 100:0.0} %) at {Box}");
}
