using System.Globalization;
using System.Text;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>Makes up one input's tensor.</summary>
internal static class SyntheticTensor
{
    private const int Words = 8;

    private const int SampleRate = 16000;

    /// <summary>Shorter rows are rather features than a stretch of sound.</summary>
    private const int LeastSignal = 256;

    /// <param name="input">The input.</param>
    /// <param name="dims">Of the tensor.</param>
    /// <param name="isBeginning">Whether the memory of a recurrent network is still empty.</param>
    /// <param name="integers">Integers lie below this.</param>
    /// <param name="noise">Where the numbers come from.</param>
    public static Tensor Of(ManifestInput input, long[] dims, bool isBeginning, int integers, Noise noise)
    {
        if (input.Image is not null && dims.Length is 3 or 4)
            return OfImage(input, dims, (width, height) => SyntheticImage.Rgb(width, height, noise));
        var count = checked((int)dims.Aggregate(1L, (product, size) => checked(product * size)));
        if (input.Value.ElementType == ElementType.String)
            return Tensor.OfStrings([.. Enumerable.Range(0, count).Select(_ => Word(noise))], dims);
        var values = new float[count];
        if (input.Constant is { } constant)
            Array.Fill(values, (float)constant);
        else if (!input.Value.ElementType.IsFloatingPoint())
            FillIntegers(values, input.Value, integers, noise);
        else if (input.State is not null || HoldsState(input.Value.Name))
            FillMemory(values, isBeginning, noise);
        else if (input.Audio is not null)
            SyntheticSound.Fill(values, noise);
        else
            FillFloats(values, dims, noise);
        return Convert(values, input.Value.ElementType, dims);
    }

    /// <summary>An image of the input's own size, brought into its range by the preprocessing.</summary>
    /// <param name="input">The image input.</param>
    /// <param name="dims">Of the tensor, 3 or 4.</param>
    /// <param name="draw">Makes pixels of 3 bytes, red, green and blue, for a width and a height.</param>
    public static Tensor OfImage(ManifestInput input, long[] dims, Func<int, int, byte[]> draw)
    {
        var image = input.Image ?? throw new ArgumentException($"The input '{input.Value.Name}' is no image.", nameof(input));
        var (height, width) = image.Layout == ImageLayout.Nchw ? (checked((int)dims[^2]), checked((int)dims[^1])) : (checked((int)dims[^3]), checked((int)dims[^2]));
        var unsized = input with { Image = image with { Resize = ImageResize.None, CenterCrop = null } };
        return new ImageTensors(unsized).Of(PixelBuffer.Rgb(draw(width, height), width, height));
    }

    private static void FillFloats(float[] values, long[] dims, Noise noise)
    {
        if (dims.Length == 4 && IsColours(dims[1]) && dims[2] > 1 && dims[3] > 1)
            FillPictures(values, dims, noise);
        else if (dims.Length == 4 && IsColours(dims[3]) && dims[1] > 1 && dims[2] > 1)
            FillPicturesChannelsLast(values, dims, noise);
        else if (dims.Length == 4 && dims[2] > 1 && dims[3] > 1)
            FillPlanes(values, (int)dims[2], (int)dims[3], noise);
        else if (IsSignal(dims))
            SyntheticSound.Fill(values, noise);
        else
            Fill(values, noise.Normal);
    }

    private static void FillIntegers(float[] values, ValueSignature input, int integers, Noise noise)
    {
        if (Named(input.Name, "sr", "sample_rate", "sampling_rate"))
            Array.Fill(values, SampleRate);
        else if (input.Name.Contains("mask", StringComparison.OrdinalIgnoreCase))
            Array.Fill(values, 1);
        else if (input.ElementType == ElementType.Bool)
            Fill(values, () => noise.Below(2));
        else if (input.ElementType == ElementType.UInt8)
            Fill(values, () => noise.Below(256));
        else if (!HoldsState(input.Name) && !input.Name.Contains("type", StringComparison.OrdinalIgnoreCase))
            FillIndices(values, integers, noise);
    }

    /// <summary>From a stretch of the table, as text and other data have their favourite codes.</summary>
    private static void FillIndices(float[] values, int integers, Noise noise)
    {
        const int Fewest = 8;
        var width = integers <= Fewest ? integers : Fewest << noise.Below(1 + (int)Math.Log2(integers / Fewest));
        var first = noise.Below(integers - width + 1);
        Fill(values, () => first + noise.Below(width));
    }

    /// <summary>The memory of a recurrent network begins as zeros; later it holds numbers like those of a tanh.</summary>
    private static void FillMemory(float[] values, bool isBeginning, Noise noise)
    {
        const float Deviation = 0.3f;
        if (!isBeginning)
            Fill(values, () => Deviation * noise.Normal());
    }

    private static bool HoldsState(string name) =>
        name.Contains("state", StringComparison.OrdinalIgnoreCase) || name.Contains("hidden", StringComparison.OrdinalIgnoreCase)
        || Named(name, "h", "c", "h0", "c0", "h_0", "c_0", "hn", "cn");

    private static bool Named(string name, params ReadOnlySpan<string> names)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether an axis of that size may hold the colours of a picture.</summary>
    private static bool IsColours(long size) => size is 1 or 3 or 4;

    /// <summary>One long row of numbers.</summary>
    private static bool IsSignal(long[] dims) => dims.Length is 2 or 3 && dims[^1] >= LeastSignal && dims[..^1].All(size => size == 1);

    private static void FillPictures(float[] values, long[] dims, Noise noise)
    {
        var (colours, height, width) = ((int)dims[1], (int)dims[2], (int)dims[3]);
        for (var start = 0; start < values.Length; start += colours * height * width)
            SyntheticImage.Colours(width, height, colours, noise).CopyTo(values, start);
    }

    private static void FillPicturesChannelsLast(float[] values, long[] dims, Noise noise)
    {
        var (height, width, colours) = ((int)dims[1], (int)dims[2], (int)dims[3]);
        for (var start = 0; start < values.Length; start += colours * height * width)
        {
            var planes = SyntheticImage.Colours(width, height, colours, noise);
            for (var i = 0; i < planes.Length; i++)
                values[start + i] = planes[(i % colours * height * width) + (i / colours)];
        }
    }

    private static void FillPlanes(float[] values, int height, int width, Noise noise)
    {
        for (var start = 0; start < values.Length; start += height * width)
            SyntheticImage.Plane(width, height, noise).CopyTo(values, start);
    }

    private static void Fill(float[] values, Func<float> next)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = next();
    }

    private static ReadOnlyMemory<byte> Word(Noise noise) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"word{noise.Below(Words)}"));

    private static Tensor Convert(float[] values, ElementType type, long[] dims) => type switch
    {
        ElementType.Float32 => Tensor.Of(values, dims),
        ElementType.Float64 => Tensor.Of(Array.ConvertAll(values, value => (double)value), dims),
        ElementType.Float16 => Tensor.Of(Array.ConvertAll(values, value => (Half)value), dims),
        ElementType.BFloat16 => BFloat16(values, dims),
        ElementType.Int8 => Tensor.Of(Array.ConvertAll(values, value => (sbyte)value), dims),
        ElementType.UInt8 => Tensor.Of(Array.ConvertAll(values, value => (byte)value), dims),
        ElementType.Int16 => Tensor.Of(Array.ConvertAll(values, value => (short)value), dims),
        ElementType.UInt16 => Tensor.Of(Array.ConvertAll(values, value => (ushort)value), dims),
        ElementType.Int32 => Tensor.Of(Array.ConvertAll(values, value => (int)value), dims),
        ElementType.UInt32 => Tensor.Of(Array.ConvertAll(values, value => (uint)value), dims),
        ElementType.Int64 => Tensor.Of(Array.ConvertAll(values, value => (long)value), dims),
        ElementType.UInt64 => Tensor.Of(Array.ConvertAll(values, value => (ulong)value), dims),
        ElementType.Bool => Tensor.Of(Array.ConvertAll(values, value => value != 0), dims),
        _ => throw DataSet.DoesNotFit("synthetic inputs", $"no values can be made up for an input of type {type.OnnxName()}. Give a data set"),
    };

    private static Tensor BFloat16(float[] values, long[] dims)
    {
        var bits = Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        return new Tensor(ElementType.BFloat16, dims, Tensor.Of(bits, dims).Data);
    }
}
