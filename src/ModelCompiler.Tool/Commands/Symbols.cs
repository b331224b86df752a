using System.CommandLine;

namespace ModelCompiler.Tool.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class Symbols
{
    public static Argument<string> Model() => new("model") { Description = "The .onnx file." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on stdout and nothing else." };
}
