using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>The JSON of a command that could not do its work: <c>{ "diagnostics": [{ "id", "severity", "message" }] }</c>.</summary>
internal static class FailureJson
{
    public static string Write(IEnumerable<ModelDiagnostic> diagnostics) => JsonText.Write(json =>
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", diagnostic.Id);
            json.WriteString("severity", OptionWords.Word(diagnostic.Severity));
            json.WriteString("message", diagnostic.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
