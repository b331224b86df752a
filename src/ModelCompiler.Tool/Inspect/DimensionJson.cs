using System.Text.Json;
using System.Text.Json.Serialization;
using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Inspect;

/// <summary>A dimension in JSON: a number, a name, or null.</summary>
internal sealed class DimensionJson : JsonConverter<Dimension>
{
    public override bool HandleNull => true;

    public override Dimension Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => Dimension.Of(reader.GetInt64()),
        JsonTokenType.String => Dimension.Named(reader.GetString()!),
        _ => Dimension.Unknown,
    };

    public override void Write(Utf8JsonWriter writer, Dimension value, JsonSerializerOptions options)
    {
        if (value.Size is { } size)
            writer.WriteNumberValue(size);
        else
            writer.WriteStringValue(value.Name);   // writes null for an unknown one
    }
}
