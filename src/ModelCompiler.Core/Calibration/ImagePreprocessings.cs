using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>The runtime's image preprocessing, as the manifest describes it: calibration sees exactly what the app will feed.</summary>
internal static class ImagePreprocessings
{
    public static ImagePreprocessing Of(ImageInput image) => new()
    {
        Layout = image.Layout == ImageLayout.Nhwc ? TensorLayout.Nhwc : TensorLayout.Nchw,
        Channels = image.Color switch
        {
            ImageColor.Bgr => ChannelOrder.Bgr,
            ImageColor.Gray => ChannelOrder.Gray,
            _ => ChannelOrder.Rgb,
        },
        Resize = ResizingOf(image.Resize),
        CenterCrop = image.CenterCrop,
        Scale = image.Scale,
        Mean = [.. image.Mean],
        Std = [.. image.Std],
    };

    private static Resizing ResizingOf(ImageResize resize) => resize.Kind switch
    {
        ImageResizeKind.ShortSide => Resizing.ShortSide(resize.Width),
        ImageResizeKind.Stretch => Resizing.Stretch(resize.Width, resize.Height),
        ImageResizeKind.Letterbox => Resizing.Letterbox(
            resize.Width, resize.Height, resize.Fill, resize.TopLeft ? LetterboxPosition.TopLeft : LetterboxPosition.Center),
        _ => Resizing.None,
    };
}
