using System.Globalization;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Where a tensor's bytes lie outside the model file.</summary>
/// <param name="Location">The file, relative to the model's folder.</param>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">As declared, or null where the file leaves it out.</param>
internal sealed record ExternalDataPlace(string Location, long Offset, long? Length)
{
    /// <summary>Reads the entries of a tensor; null where one of them is no number or the location is missing.</summary>
    public static ExternalDataPlace? Of(TensorProto tensor)
    {
        string? location = null;
        long? offset = 0;
        long? length = null;
        foreach (var entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location": location = entry.Value; break;
                case "offset" when !TryParse(entry.Value, out offset): return null;
                case "length" when !TryParse(entry.Value, out length): return null;
            }
        }

        return string.IsNullOrEmpty(location) ? null : new(location, offset ?? 0, length);
    }

    public void WriteTo(TensorProto tensor)
    {
        tensor.DataLocation = 1;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = Location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = Offset.ToString(CultureInfo.InvariantCulture) });
        if (Length is { } length)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
    }

    private static bool TryParse(string text, out long? number)
    {
        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        return number is not null;
    }
}
