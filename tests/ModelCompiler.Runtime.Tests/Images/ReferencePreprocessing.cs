namespace ModelCompiler.Tests.Images;

/// <summary>What <see cref="ImagePreprocessing"/> promises, written the slow and obvious way in double precision.</summary>
internal static class ReferencePreprocessing
{
    // Of one step of a byte.
    private const double Tolerance = 1.0 / 255;

    /// <summary>Fills a tensor, and compares it with the reference's.</summary>
    public static void ShouldMatch(ImagePreprocessing options, PixelBuffer pixels, ReferenceImage reference, string what)
    {
        var plan = options.Plan(pixels.Width, pixels.Height);
        var actual = new float[plan.Length];
        Array.Fill(actual, float.NaN);
        plan.Fill(pixels, actual);
        var (expected, width, height) = Run(options, reference);

        (plan.Width, plan.Height).ShouldBe((width, height));
        var worst = expected.Zip(actual, (e, a) => float.IsNaN(a) ? double.PositiveInfinity : Math.Abs(e - a)).Max();
        var gain = options.Scale / (options.Std.Count == 0 ? 1 : options.Std.Min());
        worst.ShouldBeLessThan(Tolerance * gain, $"{what} {options.Resize} {options.Channels} {options.Layout}");
    }

    /// <summary>The tensor for an image, and the size of its height and width axes.</summary>
    public static (double[] Values, int Width, int Height) Run(ImagePreprocessing options, ReferenceImage source)
    {
        var image = ToPlanes(source, options.Channels);
        var resize = options.Resize;
        image = resize.Mode switch
        {
            ResizeMode.None => image,
            ResizeMode.Stretch => Resize(image, resize.Width, resize.Height),
            ResizeMode.ShortSide => ShortSide(image, resize.Width),
            ResizeMode.Letterbox => Letterbox(image, resize),
            _ => throw new InvalidOperationException(),
        };
        if (options.CenterCrop is { } side)
            image = Crop(image, (int)Math.Round((image.Width - side) / 2.0), (int)Math.Round((image.Height - side) / 2.0), side);
        return (Normalise(image, options), image.Width, image.Height);
    }

    private static Planes ToPlanes(ReferenceImage source, ChannelOrder order)
    {
        var planes = new Planes(order == ChannelOrder.Gray ? 1 : 3, source.Width, source.Height);
        for (var y = 0; y < source.Height; y++)
        {
            for (var x = 0; x < source.Width; x++)
            {
                var pixel = source.At(x, y);
                if (order == ChannelOrder.Gray)
                    planes[0, y, x] = pixel.Gray;
                else
                    (planes[0, y, x], planes[1, y, x], planes[2, y, x]) = order == ChannelOrder.Rgb ? (pixel.R, pixel.G, pixel.B) : (pixel.B, pixel.G, pixel.R);
            }
        }

        return planes;
    }

    private static Planes ShortSide(Planes image, int length) => image.Width <= image.Height
        ? Resize(image, length, length * image.Height / image.Width)
        : Resize(image, length * image.Width / image.Height, length);

    private static Planes Letterbox(Planes image, Resizing box)
    {
        var ratio = Math.Min((double)box.Width / image.Width, (double)box.Height / image.Height);
        var fitted = Resize(
            image,
            Math.Clamp((int)Math.Round(image.Width * ratio, MidpointRounding.AwayFromZero), 1, box.Width),
            Math.Clamp((int)Math.Round(image.Height * ratio, MidpointRounding.AwayFromZero), 1, box.Height));
        var (left, top) = box.Position == LetterboxPosition.TopLeft
            ? (0, 0)
            : ((box.Width - fitted.Width) / 2, (box.Height - fitted.Height) / 2);

        var result = new Planes(image.Channels, box.Width, box.Height);
        for (var c = 0; c < image.Channels; c++)
        {
            for (var y = 0; y < box.Height; y++)
            {
                for (var x = 0; x < box.Width; x++)
                {
                    var inside = x >= left && x < left + fitted.Width && y >= top && y < top + fitted.Height;
                    result[c, y, x] = inside ? fitted[c, y - top, x - left] : box.Fill;
                }
            }
        }

        return result;
    }

    private static Planes Crop(Planes image, int left, int top, int side)
    {
        var result = new Planes(image.Channels, side, side);
        for (var c = 0; c < image.Channels; c++)
        {
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                    result[c, y, x] = image[c, y + top, x + left];
            }
        }

        return result;
    }

    private static Planes Resize(Planes image, int width, int height)
    {
        var result = new Planes(image.Channels, width, height);
        for (var y = 0; y < height; y++)
        {
            var rows = Weights(y, image.Height, height);
            for (var x = 0; x < width; x++)
            {
                var columns = Weights(x, image.Width, width);
                for (var c = 0; c < image.Channels; c++)
                    result[c, y, x] = rows.Sum(row => columns.Sum(column => row.Weight * column.Weight * image[c, row.Index, column.Index]));
            }
        }

        return result;
    }

    /// <summary>A triangle around the output's centre, as wide as the scale where the axis shrinks, over every source position.</summary>
    private static (int Index, double Weight)[] Weights(int output, int sourceLength, int length)
    {
        var scale = (double)sourceLength / length;
        var center = (output + 0.5) * scale;
        var weights = Enumerable.Range(0, sourceLength)
            .Select(index => (Index: index, Weight: Math.Max(0, 1 - (Math.Abs(index + 0.5 - center) / Math.Max(1, scale)))))
            .Where(tap => tap.Weight > 0)
            .ToArray();
        var sum = weights.Sum(tap => tap.Weight);
        return [.. weights.Select(tap => (tap.Index, tap.Weight / sum))];
    }

    private static double[] Normalise(Planes image, ImagePreprocessing options)
    {
        var values = new double[image.Channels * image.Width * image.Height];
        for (var c = 0; c < image.Channels; c++)
        {
            var mean = options.Mean.Count == 0 ? 0 : options.Mean[Math.Min(c, options.Mean.Count - 1)];
            var std = options.Std.Count == 0 ? 1 : options.Std[Math.Min(c, options.Std.Count - 1)];
            for (var y = 0; y < image.Height; y++)
            {
                for (var x = 0; x < image.Width; x++)
                {
                    var index = options.Layout == TensorLayout.Nchw
                        ? (((c * image.Height) + y) * image.Width) + x
                        : (((y * image.Width) + x) * image.Channels) + c;
                    values[index] = ((Math.Clamp(image[c, y, x], 0, 255) * options.Scale) - mean) / std;
                }
            }
        }

        return values;
    }

    private sealed class Planes(int channels, int width, int height)
    {
        private readonly double[] _values = new double[channels * width * height];

        public int Channels => channels;

        public int Width => width;

        public int Height => height;

        public ref double this[int channel, int y, int x] => ref _values[(((channel * height) + y) * width) + x];
    }
}
