using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Compilation;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tool.Doctor;

/// <summary>Looks at this machine for what compiling needs.</summary>
internal static class Examination
{
    /// <summary>A PNG of one pixel: a signature, a header of 1×1 RGB, one filtered row, an end.</summary>
    private static readonly byte[] OnePixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP438AAAAQBAYD718vxAAAAAElFTkSuQmCC");

    public static IEnumerable<Finding> Findings()
    {
        yield return new Finding(".NET", RuntimeInformation.FrameworkDescription);
        yield return OnnxRuntime();
        yield return Extensions();
        yield return CpuFeatures.Examine();
        yield return Profile();
        yield return TemporaryFolder();
    }

    private static Finding OnnxRuntime()
    {
        try
        {
            return new Finding("ONNX Runtime", OrtEnv.Instance().GetVersionString());
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return new Finding("ONNX Runtime", $"its native library does not load ({Cause(exception)}).",
                "Restore the package Microsoft.ML.OnnxRuntime for this machine's runtime identifier; on Linux it needs glibc 2.28 or later.");
        }
    }

    private static Finding Extensions()
    {
        const string Advice = "Restore the package Microsoft.ML.OnnxRuntime.Extensions for this machine's runtime identifier; on Linux it needs glibc 2.34 or later.";
        try
        {
            var image = ImageDecoder.Decode(OnePixel);
            return image is { Width: 1, Height: 1 }
                ? new Finding("image decoding", "ONNX Runtime Extensions decodes PNG")
                : new Finding("image decoding", $"a PNG of 1×1 was decoded as {image.Width}×{image.Height}.", Advice);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ImageDecodeException or DllNotFoundException or TypeInitializationException)
        {
            return new Finding("image decoding", $"ONNX Runtime Extensions does not work ({Cause(exception)}).", Advice);
        }
    }

    private static Finding Profile()
    {
        var host = HostIdentifier.Current;
        return new Finding("host profile", $"{HardwareProfiles.For(host).Name} (runtime identifier {host})");
    }

    private static Finding TemporaryFolder()
    {
        var folder = Path.GetTempPath();
        try
        {
            var probe = Path.Combine(folder, Path.GetRandomFileName());
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
                return new Finding("temporary folder", folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding("temporary folder", $"{folder} cannot be written to ({Cause(exception)}).", "Point TMPDIR (on Windows TEMP) to a folder that can.");
        }
    }

    private static string Cause(Exception exception) => exception.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
