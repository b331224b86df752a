using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelCompiler.Tool.Output;

/// <summary>
/// The JSON of what the tool itself finds out; the compiler writes its own reports. Written property by property: the time of 'modelc inspect' is that of
/// compiling methods at start, and a serializer, even a generated one, brings two hundred of them.
/// </summary>
internal static class JsonText
{
    // Arrows and names in other scripts stay readable: this is no HTML.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object, whose properties <paramref name="properties"/> writes.</summary>
    public static string Write(Action<Utf8JsonWriter> properties)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
