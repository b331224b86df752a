using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Tests.Evaluation.Confidence;

public sealed class SidecarTemperatureTests
{
    [Theory]
    [InlineData("""{ "outputs": { "y": { "kind": "logits", "temperature": 3 } } }""", """{ "outputs": { "y": { "kind": "logits", "temperature": 1.7 } } }""")]
    [InlineData("""{ "outputs": { "y": { "kind": "logits" }, "z": { "kind": "raw" } } }""", """{ "outputs": { "y": { "kind": "logits", "temperature": 1.7 }, "z": { "kind": "raw" } } }""")]
    [InlineData("""{ "outputs": { "z": { "kind": "raw" } } }""", """{ "outputs": { "z": { "kind": "raw" }, "y": { "kind": "logits", "temperature": 1.7 } } }""")]
    [InlineData("""{"outputs":{"y":{}}}""", """{"outputs":{"y":{ "kind": "logits", "temperature": 1.7 }}}""")]
    [InlineData("""{ "outputs": null }""", """{ "outputs": { "y": { "kind": "logits", "temperature": 1.7 } } }""")]
    [InlineData("{}", """{ "outputs": { "y": { "kind": "logits", "temperature": 1.7 } } }""")]
    [InlineData("{\r\n    \"task\": \"classification\",\r\n    \"license\": \"Größe ✓\"\r\n}\r\n", "{\r\n    \"task\": \"classification\",\r\n    \"license\": \"Größe ✓\",\r\n    \"outputs\": { \"y\": { \"kind\": \"logits\", \"temperature\": 1.7 } }\r\n}\r\n")]
    [InlineData("\uFEFF{ \"task\": \"classification\" }", "\uFEFF{ \"task\": \"classification\", \"outputs\": { \"y\": { \"kind\": \"logits\", \"temperature\": 1.7 } } }")]
    public void ChangesNothingElse(string before, string after)
    {
        using var folder = new TestFolder();
        folder.Write("m.model.json", before);

        var path = Write(folder);

        File.ReadAllBytes(path).ShouldBe(System.Text.Encoding.UTF8.GetBytes(after));
        Directory.EnumerateFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void IsThereAfterwards()
    {
        using var folder = new TestFolder();

        SidecarReader.Read(Write(folder)).Outputs.ShouldHaveSingleItem().ShouldBe(new OutputBinding("y", OutputKind.Logits) { Temperature = 1.7 });
    }

    [Fact]
    public void ASidecarThatIsNotUnderstoodIsLeftAlone()
    {
        using var folder = new TestFolder();
        folder.Write("m.model.json", "{ \"outputs\": ");

        Diagnosed.By(DiagnosticRules.SidecarInvalid, () => Write(folder));
        File.ReadAllText(Path.Combine(folder.Path, "m.model.json")).ShouldBe("{ \"outputs\": ");
    }

    private static string Write(TestFolder folder) => SidecarTemperature.Write(Path.Combine(folder.Path, "m.onnx"), new ScoreOutput("y", OutputKind.Logits), 1.7);
}
