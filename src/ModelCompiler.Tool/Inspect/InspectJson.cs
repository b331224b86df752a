using System.Text.Json;
using ModelCompiler.Contract;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Inspect;

/// <summary>The JSON of <c>modelc inspect</c>.</summary>
internal static class InspectJson
{
    public static string Write(InspectReport report) => JsonText.Write(json =>
    {
        json.WriteString("name", report.Name);
        json.WriteNumber("opset", report.Opset);
        WriteValues(json, "inputs", report.Inputs);
        WriteValues(json, "outputs", report.Outputs);
        json.WriteNumber("parameters", report.Cost.Parameters);
        if (report.Cost.Macs is { } macs)
            json.WriteNumber("macs", macs);
        else
            json.WriteNull("macs");
        json.WriteNumber("bytes", report.Bytes);
        json.WriteStartObject("operators");
        foreach (var (name, count) in report.Operators)
            json.WriteNumber(name, count);
        json.WriteEndObject();
    });

    private static void WriteValues(Utf8JsonWriter json, string property, IReadOnlyList<ValueReport> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("name", value.Name);
            json.WriteString("type", value.Type);
            WriteShape(json, value.Shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, IReadOnlyList<Dimension>? shape)
    {
        if (shape is null)
        {
            json.WriteNull("shape");
            return;
        }

        json.WriteStartArray("shape");
        foreach (var dimension in shape)
        {
            if (dimension.Size is { } size)
                json.WriteNumberValue(size);
            else
                json.WriteStringValue(dimension.Name);   // writes null for an unknown one
        }

        json.WriteEndArray();
    }
}
