using System.Globalization;
using System.Text;

namespace ModelCompiler.Tests;

/// <summary>
/// A model of 100 MB a layer: x[1,5000] → MatMul → … → y. Its file is written by hand around holes, so that making it costs neither memory
/// nor, on most file systems, space.
/// </summary>
/// <remarks>Field numbers: onnx/onnx.proto3 of the ONNX project.</remarks>
internal static class LargeModel
{
    private const int Width = 5000;
    private const int WeightBytes = Width * Width * sizeof(float);

    public static string Write(string path, int layers)
    {
        var headers = Enumerable.Range(0, layers).Select(WeightHeader).ToArray();
        byte[] rest = [.. Enumerable.Range(0, layers).SelectMany(i => Node(i, layers)), .. Field(2, "large"), .. Value(11, "x", Width), .. Value(12, "y", Width)];
        var graphLength = headers.Sum(header => header.Length + (long)WeightBytes) + rest.Length;

        using var file = File.Create(path);
        file.Write([.. Number(1, 8), .. Field(8, [.. Field(1, ""), .. Number(2, 17)]), .. Tag(7, 2), .. Varint(graphLength)]);
        foreach (var header in headers)
        {
            file.Write(header);
            file.SetLength(file.Position + WeightBytes);
            file.Seek(0, SeekOrigin.End);
        }

        file.Write(rest);
        return path;
    }

    /// <summary>The same with the weights in a file beside the model, <c>&lt;name&gt;.data</c>: each layer multiplies by a number of its own, a diagonal, so that outputs are not all 0.</summary>
    /// <param name="path">The model.</param>
    /// <param name="layers">How many.</param>
    /// <param name="width">Of a layer, whose weights take its square times four bytes.</param>
    public static string WriteBeside(string path, int layers, int width)
    {
        var data = Path.GetFileName(path) + ".data";
        var bytes = (long)width * width * sizeof(float);
        byte[] Weight(int layer) => Field(5, [.. Number(1, width), .. Number(1, width), .. Number(2, 1), .. Field(8, $"w{layer}"), .. Entry("location", data), .. Entry("offset", Text(layer * bytes)), .. Entry("length", Text(bytes)), .. Number(14, 1)]);
        byte[] graph = [.. Enumerable.Range(0, layers).SelectMany(Weight), .. Enumerable.Range(0, layers).SelectMany(i => Node(i, layers)), .. Field(2, "beside"), .. Value(11, "x", width), .. Value(12, "y", width)];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Field(8, [.. Field(1, ""), .. Number(2, 17)]), .. Field(7, graph)]);

        using var file = File.Create(Path.Combine(Path.GetDirectoryName(path)!, data));
        file.SetLength(layers * bytes);
        for (var layer = 0; layer < layers; layer++)
        {
            // The first number tells layers apart that would otherwise be the same, and stored once.
            var (first, scale) = (BitConverter.GetBytes(layer + 1f), BitConverter.GetBytes(1f + (layer % 3)));
            for (var i = 0L; i < width; i++)
            {
                file.Position = (layer * bytes) + (((i * width) + i) * sizeof(float));
                file.Write(i == 0 ? first : scale);
            }
        }

        return path;
    }

    private static byte[] Entry(string key, string value) => Field(13, [.. Field(1, key), .. Field(2, value)]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An initializer up to its data, which follows.</summary>
    private static byte[] WeightHeader(int layer)
    {
        byte[] tensor = [.. Number(1, Width), .. Number(1, Width), .. Number(2, 1), .. Field(8, $"w{layer}"), .. Tag(9, 2), .. Varint(WeightBytes)];
        return [.. Tag(5, 2), .. Varint(tensor.Length + (long)WeightBytes), .. tensor];
    }

    private static byte[] Node(int layer, int layers)
    {
        var input = layer == 0 ? "x" : $"h{layer}";
        var output = layer == layers - 1 ? "y" : $"h{layer + 1}";
        return Field(1, [.. Field(1, input), .. Field(1, $"w{layer}"), .. Field(2, output), .. Field(4, "MatMul")]);
    }

    private static byte[] Value(int field, string name, int width)
    {
        byte[] shape = [.. Field(1, Number(1, 1)), .. Field(1, Number(1, width))];
        return Field(field, [.. Field(1, name), .. Field(2, Field(1, [.. Number(1, 1), .. Field(2, shape)]))]);
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Tag(number, 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int number, long value) => [.. Tag(number, 0), .. Varint(value)];

    private static byte[] Tag(int number, int wireType) => Varint((number << 3) | wireType);

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
            bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
