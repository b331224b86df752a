using ModelCompiler.Contract;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>The documents that lie beside a compiled model.</summary>
public sealed class ReportFilesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheySayWhatProjectAndFileSayOfTheModel(bool optimize)
    {
        using var project = new CompileProject(Networks.Classifier());
        File.AppendAllBytes(project.ModelPath, [0x32, 5, .. "Ducks"u8]); // a doc_string

        project.Compile(new ModelOptions { Provenance = new(null, "mit", null), Compile = new CompileOptions { Precision = "fp32" } }, optimize).AssetPath.ShouldNotBeNull();

        var card = File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.card.md"));
        card.ShouldContain("license: mit\n");
        card.ShouldContain("\nDucks\n");
        File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.cdx.json")).ShouldContain("\"id\": \"MIT\"");
        File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.report.html")).ShouldContain("<dd>Ducks</dd>");
    }

    [Fact]
    public void NoneOfAnEarlierCompileIsLeftWhenOneFails()
    {
        using var project = new CompileProject(Networks.Classifier());
        project.Compile(new CompileOptions { Precision = "fp32" }).AssetPath.ShouldNotBeNull();

        project.Compile(new CompileOptions { Precision = "fp32", MaxSize = "10B" }).AssetPath.ShouldBeNull();

        project.Outputs.ShouldBeEmpty();
    }
}
