using System.Text.Json.Nodes;
using Json.Schema;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Documents;

/// <summary>What documents say of the data that a model was made with.</summary>
public sealed class DataSectionTests
{
    private const string Sha256 = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(TestFile("cyclonedx-1.6-model.schema.json")));

    private static readonly ReportSubject Subject = With(
        new DataFacts("calibration", "photos", 256) { Sha256 = Sha256 },
        new DataFacts("evaluation", "test.npz", 5000) { Sha256 = Sha256, Labelled = true, Classes = 10, License = "CC-BY-4.0", Source = "https://example.org/test", Description = "Ten kinds of things." });

    [Fact]
    public void ThePageShowsATable()
    {
        var page = new HtmlReport().Write(Subject);

        page.ShouldContain("""<h2 id="data">Data</h2>""");
        page.ShouldContain("""<td>calibration</td><td>photos</td><td class="number">256</td><td class="number">not labelled</td><td>missing</td><td>missing</td>""");
        page.ShouldContain("""<td>evaluation</td><td>test.npz</td><td class="number">5,000</td><td class="number">10</td><td>CC-BY-4.0</td><td>https://example.org/test</td>""");
    }

    [Fact]
    public void TheCardSaysWhatIsMissing()
    {
        var card = new ModelCard().Write(Subject);

        card.ShouldContain($"\n## Data\n\n- calibration: photos, 256 samples, not labelled; licence: **missing**; source: **missing**; SHA-256: {Sha256}\n");
        card.ShouldContain($"\n- evaluation: test.npz, 5,000 samples of 10 classes; Ten kinds of things.; licence: CC-BY-4.0; source: https://example.org/test; SHA-256: {Sha256}\n");
    }

    [Fact]
    public void TheBillHasADataComponentForEachSet()
    {
        var sets = DataSets(Subject);

        sets.Count.ShouldBe(2);
        sets[0]!.ToJsonString().ShouldBe(
            """{"type":"dataset","name":"photos","contents":{"properties":[{"name":"modelcompiler:data:role","value":"calibration"},{"name":"modelcompiler:data:samples","value":"256"},""" +
            """{"name":"modelcompiler:data:labelled","value":"false"},{"name":"modelcompiler:data:license","value":"missing"},{"name":"modelcompiler:data:source","value":"missing"},""" +
            """{"name":"modelcompiler:data:sha256","value":"HASH"}]}}""".Replace("HASH", Sha256, StringComparison.Ordinal));
        sets[1]!["contents"]!["url"]!.ToString().ShouldBe("https://example.org/test");
        sets[1]!["description"]!.ToString().ShouldBe("Ten kinds of things.");
    }

    [Fact]
    public void MadeUpInputsAreNamedAsSuch()
    {
        var subject = With(new DataFacts("evaluation", "synthetic inputs", 8) { Synthetic = true });

        new HtmlReport().Write(subject).ShouldContain("""<td>synthetic inputs</td><td class="number">8</td><td class="number">not labelled</td><td>made up</td><td>made up</td>""");
        new ModelCard().Write(subject).ShouldContain("- evaluation: synthetic inputs, 8 samples, made up from the model's signature\n");
        JsonNode.Parse(new MlBom().Write(subject))!["components"]![0]!["modelCard"]!["modelParameters"]!["datasets"].ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Subjects.HostileTexts), MemberType = typeof(Subjects))]
    public void NoTextBecomesAnythingElse(string text)
    {
        var subject = With(new DataFacts("evaluation", text, 3) { License = text, Source = text, Description = text, Sha256 = Sha256 });

        new HtmlReport().Write(subject).ShouldNotContain("<script>");
        new ModelCard().Write(subject).Split("## Data")[1].Split('\n').Length.ShouldBe(new ModelCard().Write(With(new DataFacts("evaluation", "x", 3))).Split("## Data")[1].Split('\n').Length);
        DataSets(subject)[0]!["name"]!.ToString().ShouldBe(PlainText.Clean(text));
    }

    private static ReportSubject With(params DataFacts[] data) => Subjects.Full with { Report = Subjects.Full.Report with { Data = data } };

    /// <summary>Of a bill that keeps the format.</summary>
    private static JsonArray DataSets(ReportSubject subject)
    {
        var bom = JsonNode.Parse(new MlBom().Write(subject))!;
        Schema.Evaluate(bom).IsValid.ShouldBeTrue();
        return bom["components"]![0]!["modelCard"]!["modelParameters"]!["datasets"]!.AsArray();
    }

    private static string TestFile(string name, [System.Runtime.CompilerServices.CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, name);
}
