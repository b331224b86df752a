using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelCompiler.Tool.Commands;
using ModelCompiler.Tool.Inspect;

namespace ModelCompiler.Tool.Output;

/// <summary>The JSON of what the tool itself finds out; the compiler writes its own reports. Generated at build time: reflection would double the start-up time.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DimensionJson)])]
[JsonSerializable(typeof(FailureReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(ProfilesReport))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    public static string Write(FailureReport report) => Write(report, Default.FailureReport);

    public static string Write(InspectReport report) => Write(report, Default.InspectReport);

    public static string Write(ProfilesReport report) => Write(report, Default.ProfilesReport);

    private static string Write<T>(T report, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        // Arrows and names in other scripts stay readable: this is no HTML.
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, report, type);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
