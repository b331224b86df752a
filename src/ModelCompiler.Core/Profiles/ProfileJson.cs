using System.Text.Json.Serialization;

namespace ModelCompiler.Profiles;

/// <summary>Profiles as JSON. A property that nobody knows is an error, so that a misspelled one is not silently ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(HardwareProfile))]
public sealed partial class ProfileJson : JsonSerializerContext;
