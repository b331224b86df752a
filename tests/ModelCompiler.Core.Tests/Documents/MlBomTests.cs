using System.Text.Json.Nodes;
using Json.Schema;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;

namespace ModelCompiler.Tests.Documents;

public sealed class MlBomTests
{
    /// <summary>
    /// Not the official bom-1.6.schema.json, which no package brings that tests could use: the part of CycloneDX 1.6 that a bill of one model is made of,
    /// written from its documentation, and closed, so that a misspelt name fails.
    /// </summary>
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(TestFile("cyclonedx-1.6-model.schema.json")));

    [Fact]
    public void IsACycloneDxModel() => ShouldBeValid(Subjects.Full);

    [Fact]
    public void IsOneWhereNothingWasMeasured() => ShouldBeValid(Subjects.Bare);

    [Fact]
    public void IsOneWhereNothingWasWritten() => ShouldBeValid(Subjects.Full with { Report = Subjects.Full.Report with { Compiled = null } });

    [Theory]
    [MemberData(nameof(Subjects.HostileTexts), MemberType = typeof(Subjects))]
    public void NoTextBecomesAnythingElse(string text)
    {
        ShouldBeValid(Subjects.Saying(text));
        Component(Subjects.Saying(text))["name"]!.GetValue<string>().ShouldBe(PlainText.Clean(text));
    }

    [Fact]
    public void AKnownLicenceIsAnId()
    {
        License("apache-2.0").ShouldBe("""{"id":"Apache-2.0"}""");
        License("Mine").ShouldBe("""{"name":"Mine"}""");
    }

    [Fact]
    public void AccuracyHasItsSliceAndInterval()
    {
        var metric = Component(Subjects.Full)["modelCard"]!["quantitativeAnalysis"]!["performanceMetrics"]![0]!;

        metric.ToJsonString().ShouldBe("""{"type":"top1","value":"0.571","slice":"int8/android-arm64","confidenceInterval":{"lowerBound":"0.528","upperBound":"0.613"}}""");
    }

    [Fact]
    public void AMisspeltNameWouldBeFound()
    {
        var bom = JsonNode.Parse(new MlBom().Write(Subjects.Full))!;
        bom["components"]![0]!["modelCard"]!["quantitativeAnalytics"] = new JsonObject();

        Schema.Evaluate(bom).IsValid.ShouldBeFalse();
    }

    private static void ShouldBeValid(ReportSubject subject)
    {
        var result = Schema.Evaluate(JsonNode.Parse(new MlBom().Write(subject)), new EvaluationOptions { OutputFormat = OutputFormat.List });
        result.IsValid.ShouldBeTrue(string.Join("\n", result.Details.Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))));
    }

    private static string License(string said) => Component(Subjects.Full with { Provenance = new ModelProvenance(null, said, null) })["licenses"]![0]!["license"]!.ToJsonString();

    private static JsonNode Component(ReportSubject subject) => JsonNode.Parse(new MlBom().Write(subject))!["components"]![0]!;

    private static string TestFile(string name, [System.Runtime.CompilerServices.CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, name);
}
