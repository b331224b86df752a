using System.Reflection;
using System.Text.Json;

namespace ModelCompiler.Contract.Tests;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = Load();

    [Theory]
    [InlineData("", """{ "?": 0 }""")]
    [InlineData("definitions.image", """{ "inputs": { "x": { "image": { "?": 0 } } } }""")]
    [InlineData("definitions.audio", """{ "inputs": { "x": { "audio": { "window": 1, "sampleRate": 1, "?": 0 } } } }""")]
    [InlineData("properties.inputs.additionalProperties", """{ "inputs": { "x": { "?": 0 } } }""")]
    [InlineData("definitions.detection", """{ "outputs": { "x": { "kind": "boxes", "detection": { "?": 0 } } } }""")]
    [InlineData("definitions.classMap", """{ "outputs": { "x": { "kind": "classMap", "classMap": { "?": 0 } } } }""")]
    [InlineData("properties.outputs.additionalProperties", """{ "outputs": { "x": { "?": 0 } } }""")]
    public void HasThePropertiesThatAreRead(string place, string sidecar)
    {
        var message = Diagnosed.By(DiagnosticRules.SidecarInvalid, () => SidecarReader.Parse(sidecar, null, "/")).Message;
        var read = message[(message.IndexOf("Known here: ", StringComparison.Ordinal) + 12)..^1].Split(", ");

        Properties(At(place)).Where(name => name != "$schema").Order(StringComparer.Ordinal).ShouldBe(read);
    }

    [Theory]
    [InlineData("task")]
    [InlineData("access")]
    [InlineData("precision")]
    [InlineData("pruning")]
    public void HasTheWordsThatAreRead(string property)
    {
        foreach (var word in At($"properties.{property}.enum").EnumerateArray())
            SidecarReader.Parse($$"""{ "{{property}}": "{{word.GetString()}}" }""", null, "/");

        var words = property switch { "task" => OptionWords.Tasks, "access" => OptionWords.Accesses, "precision" => OptionWords.Precisions, _ => OptionWords.Prunings };
        At($"properties.{property}.enum").GetArrayLength().ShouldBe(words.Count);
    }

    [Fact]
    public void HasTheKindsOfOutputsThatAreRead() =>
        At("properties.outputs.additionalProperties.properties.kind.enum").EnumerateArray().Select(kind => kind.GetString()!.ToLowerInvariant()).ShouldBe(OptionWords.OutputKinds);

    [Fact]
    public void HasTheValuesOfClassMapsThatAreRead() =>
        At("definitions.classMap.properties.values.enum").EnumerateArray().Select(word => word.GetString()).ShouldBe(OptionWords.ClassMapValues);

    [Fact]
    public void HasTheLayoutsAndCodingsOfBoxesThatAreRead()
    {
        At("definitions.detection.properties.layout.enum").EnumerateArray().Select(word => word.GetString()).ShouldBe(OptionWords.DetectionLayouts);
        At("definitions.detection.properties.box.enum").EnumerateArray().Select(word => word.GetString()).ShouldBe(OptionWords.BoxCodings);
    }

    private static JsonElement At(string place) =>
        place.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (element, name) => element.GetProperty(name));

    private static IEnumerable<string> Properties(JsonElement place) => place.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static JsonElement Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("model.schema.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
