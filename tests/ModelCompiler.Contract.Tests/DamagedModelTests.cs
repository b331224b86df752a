using System.Text;

namespace ModelCompiler.Contract.Tests;

public sealed class DamagedModelTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("{ \"a\": 1 }", "text file")]
    [InlineData("PK\u0003\u0004rest", "zip archive")]
    [InlineData("\u001c\u0000\u0000\u0000TFL3", "TensorFlow Lite")]
    [InlineData("just some words", "does not begin like one")]
    public void SaysWhatAFileIsThatIsNoModel(string content, string expected) =>
        Diagnosed.By(DiagnosticRules.NotOnnx, () => Read(Encoding.Latin1.GetBytes(content))).Message.ShouldContain(expected);

    [Fact]
    public void KnowsAGitLfsPointer() => Diagnosed.By(DiagnosticRules.GitLfsPointer, () => Read(Encoding.ASCII.GetBytes(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n")));

    [Fact]
    public void TellsATruncatedFile() =>
        Diagnosed.By(DiagnosticRules.Truncated, () => Read(OnnxBytes.Classifier().ToArray()[..^60]));

    [Fact]
    public void RefusesARecordLongerThanTheOneThatHoldsIt()
    {
        var graph = new ProtoWriter().Raw(0x5A, 0x7F);   // an input of 127 bytes in a graph of two

        Diagnosed.By(DiagnosticRules.NotOnnx, () => OnnxBytes.Read(OnnxBytes.Model(graph))).Message.ShouldContain("longer than the one that holds it");
    }

    [Fact]
    public void RefusesAFileWithoutAGraph() =>
        Diagnosed.By(DiagnosticRules.NotOnnx, () => OnnxBytes.Read(new ProtoWriter().Number(1, 8))).Message.ShouldContain("no graph");

    [Fact]
    public void RefusesTypesNestedWithoutEnd()
    {
        var type = OnnxBytes.TensorType(1, 1);
        for (var i = 0; i < 60; i++)
            type = new ProtoWriter().Message(4, new ProtoWriter().Message(1, type));

        Diagnosed.By(DiagnosticRules.TooDeep, () => OnnxBytes.Read(OnnxBytes.Model(new ProtoWriter().Message(11, OnnxBytes.Value("x", type)))));
    }

    [Fact]
    public void RefusesATensorOfTooManyDimensions()
    {
        var dims = Enumerable.Repeat<object>(1, 17).ToArray();

        Diagnosed.By(DiagnosticRules.TooLarge, () =>
            OnnxBytes.Read(OnnxBytes.Model(new ProtoWriter().Message(11, OnnxBytes.Value("x", OnnxBytes.TensorType(1, dims))))));
    }

    [Fact]
    public void RefusesANameOfManyKilobytes() => Diagnosed.By(DiagnosticRules.TooLarge, () =>
        OnnxBytes.Read(OnnxBytes.Model(new ProtoWriter().Message(11, OnnxBytes.Value(new string('n', 100_000), OnnxBytes.TensorType(1, 1))))));

    [Fact]
    public void RefusesAnInputWithoutAName() => Diagnosed.By(DiagnosticRules.GraphInvalid, () =>
        OnnxBytes.Read(OnnxBytes.Model(new ProtoWriter().Message(11, OnnxBytes.Value("", OnnxBytes.TensorType(1, 1))))));

    [Fact]
    public void NamesAFileThatIsMissing() =>
        Diagnosed.By(DiagnosticRules.ModelFileMissing, () => SignatureReader.Read(Path.Combine(Path.GetTempPath(), "no-such-model.onnx")));

    [Fact]
    public void ReportsAFolderAsMissing() => Diagnosed.By(DiagnosticRules.ModelFileMissing, () => SignatureReader.Read(Path.GetTempPath()));

    [Fact]
    public void ReportsAFileThatAnotherProgramHoldsOpen()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

            Diagnosed.By(DiagnosticRules.ModelUnreadable, () => SignatureReader.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void EveryMutationOfAModelIsReadOrDiagnosed()
    {
        var random = new Random(20240611);
        var original = OnnxBytes.Classifier().ToArray();
        for (var round = 0; round < 20_000; round++)
            ReadOrDiagnose(Mutate(original, random));
    }

    [Fact]
    public void EveryMutationOfARealModelIsReadOrDiagnosed()
    {
        var random = new Random(20240612);
        var original = File.ReadAllBytes(SharedData.Require("models/robustness/qlstm_3-2-3_T3_S1.model.onnx"));
        for (var round = 0; round < 2_000; round++)
            ReadOrDiagnose(Mutate(original, random));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = random.Next(4) == 0 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
        for (var i = random.Next(6); i > 0 && bytes.Length > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static void ReadOrDiagnose(byte[] bytes)
    {
        try
        {
            Read(bytes);
        }
        catch (DiagnosticException exception)
        {
            exception.Diagnostic.File.ShouldBe("test.onnx");
        }
    }

    private static ModelSignature Read(byte[] bytes) => SignatureReader.Read(new MemoryStream(bytes), "test.onnx");
}
