namespace ModelCompiler.Tests;

/// <summary>What a classifier of ImageNet wants: 224×224, NCHW, normalised.</summary>
/// <param name="Name">How it is resized.</param>
/// <param name="Resize">The same, for ours.</param>
/// <param name="SourceWidth">Width of the upright source.</param>
/// <param name="SourceHeight">Height of the upright source.</param>
/// <param name="ScaleX">Source pixels for one output pixel along the width.</param>
/// <param name="ScaleY">Source pixels for one output pixel along the height.</param>
/// <param name="Left">Columns that the crop leaves away.</param>
/// <param name="Top">Rows that the crop leaves away.</param>
internal sealed record Target(string Name, Resizing Resize, int SourceWidth, int SourceHeight, float ScaleX, float ScaleY, int Left, int Top)
{
    public const int Side = 224;

    public static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    public static readonly float[] Std = [0.229f, 0.224f, 0.225f];

    public static Target Stretch(int width, int height) =>
        new("stretch", Resizing.Stretch(Side, Side), width, height, (float)width / Side, (float)height / Side, 0, 0);

    public static Target Crop(int width, int height)
    {
        var resized = Side * width / height;
        return new Target("crop", Resizing.ShortSide(Side), width, height, (float)width / resized, (float)height / Side, (resized - Side) / 2, 0);
    }

    public ImagePreprocessing Preprocessing() => new() { Resize = Resize, CenterCrop = Side, Scale = 1f / 255, Mean = Mean, Std = Std };
}
