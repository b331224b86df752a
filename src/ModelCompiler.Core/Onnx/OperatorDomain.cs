namespace ModelCompiler.Onnx;

/// <summary>ONNX's own operators have two names for one domain.</summary>
internal static class OperatorDomain
{
    public static string Normalize(string domain) => domain == "ai.onnx" ? "" : domain;
}
