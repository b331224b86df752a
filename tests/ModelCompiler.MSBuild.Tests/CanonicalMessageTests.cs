using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild.Tests;

public sealed class CanonicalMessageTests
{
    [Theory]
    [InlineData("/models/net.onnx")]
    [InlineData("C:\\my models (2)\\net.onnx")]
    [InlineData("a : b.onnx")]
    public void ReadsBackWhatTheToolPrints(string file)
    {
        var printed = DiagnosticRules.NotOnnx.Create(file, "the file : error is empty");

        var read = CanonicalMessage.Parse(printed.ToString())!;

        (read.Id, read.Severity, read.File, read.Message, read.Line).ShouldBe((printed.Id, printed.Severity, file, printed.Message, null));
    }

    [Fact]
    public void ReadsTheLine() =>
        CanonicalMessage.Parse((DiagnosticRules.SidecarInvalid.Create("net.model.json", "x") with { Line = 12 }).ToString())!.Line.ShouldBe(12);

    [Theory]
    [InlineData("")]
    [InlineData("quantizing 3 of 7")]
    [InlineData("Unhandled exception. System.Exception: error")]
    public void OtherLinesAreOutput(string line) => CanonicalMessage.Parse(line).ShouldBeNull();
}
