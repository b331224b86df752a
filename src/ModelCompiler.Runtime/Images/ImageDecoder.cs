using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>Decodes JPEG and PNG files, with the decoders of ONNX Runtime Extensions.</summary>
/// <remarks>
/// Needs the package <c>Microsoft.ML.OnnxRuntime.Extensions</c> in the app. Thread-safe: the session that decodes is made on first use
/// and shared by the process.
/// </remarks>
public static class ImageDecoder
{
    private static readonly Lock Gate = new();

    private static volatile InferenceSession? _session;

    private static readonly string[] Inputs = [DecodeImageModel.Input];
    private static readonly string[] Outputs = [DecodeImageModel.Output];

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="ImageDecodeException">The file is not a JPEG or PNG image, or is damaged.</exception>
    /// <exception cref="InvalidOperationException">The package Microsoft.ML.OnnxRuntime.Extensions is missing.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DecodedImage DecodeFile(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path));
        }
        catch (ImageDecodeException error)
        {
            throw new ImageDecodeException($"'{path}' cannot be decoded: {error.Message}", error);
        }
    }

    /// <summary>Decodes the bytes of a file.</summary>
    /// <param name="encoded">A whole JPEG or PNG file.</param>
    /// <exception cref="ImageDecodeException">The bytes are not a JPEG or PNG image, or are damaged.</exception>
    /// <exception cref="InvalidOperationException">The package Microsoft.ML.OnnxRuntime.Extensions is missing.</exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> encoded)
    {
        encoded = EncodedImage.Checked(encoded);
        using var input = OrtValue.CreateTensorValueFromMemory(encoded.ToArray(), [encoded.Length]);
        return Run(input, encoded);
    }

    private static DecodedImage Run(OrtValue input, ReadOnlySpan<byte> encoded)
    {
        var session = _session ?? FirstSession();
        try
        {
            using var options = new RunOptions();
            using var results = session.Run(options, Inputs, [input], Outputs);
            return ToImage(results[0]);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ImageDecodeException(EncodedImage.DamagedMessage(encoded), error);
        }
    }

    private static DecodedImage ToImage(OrtValue pixels)
    {
        var shape = pixels.GetTensorTypeAndShape().Shape;
        if (shape is not [> 0 and var height, > 0 and var width, 1 or 3])
            throw new ImageDecodeException(string.Create(CultureInfo.InvariantCulture, $"The decoder returned an image of [{string.Join(", ", shape)}] bytes, not of [height, width, 3]."));

        var bytes = pixels.GetTensorDataAsSpan<byte>();
        return new DecodedImage(shape[2] == 3 ? bytes.ToArray() : Repeat(bytes), checked((int)width), checked((int)height));
    }

    /// <summary>A gray JPEG is decoded to one channel, which becomes all three.</summary>
    private static byte[] Repeat(ReadOnlySpan<byte> gray)
    {
        var color = new byte[checked(gray.Length * 3)];
        for (var index = 0; index < gray.Length; index++)
            color.AsSpan(3 * index, 3).Fill(gray[index]);
        return color;
    }

    // One at a time: two sessions that register the same operators at once fail in ONNX Runtime. After a failure the next call tries again, so that the exception is as clear the
    // second time.
    private static InferenceSession FirstSession()
    {
        lock (Gate)
            return _session ??= CreateSession();
    }

    private static InferenceSession CreateSession()
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            options.RegisterOrtExtensions();
        }
        catch (Exception error) when (error is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new InvalidOperationException(
                "Decoding JPEG and PNG needs ONNX Runtime Extensions. Add <PackageReference Include=\"Microsoft.ML.OnnxRuntime.Extensions\" /> to the app.", error);
        }

        return new InferenceSession(DecodeImageModel.Create(), options);
    }
}
