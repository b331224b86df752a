using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Contract;

namespace ModelCompiler.Execution;

/// <summary>Turns what ONNX Runtime throws into a diagnostic whose text is ONNX Runtime's reason, without its source paths and signatures.</summary>
internal static partial class OrtFailure
{
    /// <summary>Calls ONNX Runtime.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refused.</exception>
    public static T Guard<T>(string? file, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (OnnxRuntimeException failure)
        {
            throw Refusal(file, Readable(failure.Message));
        }
    }

    public static DiagnosticException Refusal(string? file, string reason) => new(DiagnosticRules.RuntimeRefuses.Create(file, reason));

    /// <summary>The message on one line, without error code, source locations and C++ signatures.</summary>
    internal static string Readable(string message)
    {
        var text = StackTrace().Replace(message, "");
        text = SourceLocation().Replace(text, "");
        text = ErrorCode().Replace(text, "");
        text = WhiteSpace().Replace(text, " ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    [GeneratedRegex(@"\bStack ?trace:.*", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StackTrace();

    // "/src/core/graph.cc:12 onnxruntime::Status Graph::Resolve(const Options&, std::function<void(int)>) const "
    [GeneratedRegex(@"\S+\.(cc|cpp|h|hpp):\d+(\s+[^()\n]*\((?>[^()\n]+|\((?<open>)|\)(?<-open>))*(?(open)(?!))\)(\s+const\b)?)?\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourceLocation();

    [GeneratedRegex(@"^\[ErrorCode:\w+\]\s*|Load model from .*? failed:\s*|Exception during initialization:\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex WhiteSpace();
}
