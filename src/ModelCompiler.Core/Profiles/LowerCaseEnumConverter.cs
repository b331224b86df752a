using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelCompiler.Profiles;

/// <summary>Writes an enum as a lower-case word (<c>uint8</c>) and reads it in any case, but never a number.</summary>
internal sealed class LowerCaseWord : JsonNamingPolicy
{
    public override string ConvertName(string name) => name.ToLowerInvariant();
}

/// <inheritdoc cref="LowerCaseWord"/>
internal sealed class LowerCaseEnumConverter<T>() : JsonStringEnumConverter<T>(new LowerCaseWord(), allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Writes an enum as words run together (<c>minMax</c>) and reads it in any case, but never a number.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
