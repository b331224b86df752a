using System.Text.Json;
using System.Text.Json.Nodes;
using ModelCompiler.Contract;

namespace ModelCompiler.Profiles;

/// <summary>Finds and reads hardware profiles: the built-in ones by name, a project's own by the path of their JSON file.</summary>
public static class HardwareProfiles
{
    private const int MaxExtends = 16;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <summary>The names of the built-in profiles, sorted.</summary>
    public static IReadOnlyList<string> BuiltIn => BuiltInProfiles.Names;

    /// <summary>Reads a built-in profile by its name or a profile file by its path, completed by the profiles that it extends.</summary>
    /// <exception cref="DiagnosticException">MC0007: no such profile. MC4002: not understood.</exception>
    public static HardwareProfile Read(string nameOrPath)
    {
        var json = Resolve(nameOrPath, Directory.GetCurrentDirectory(), depth: 0);
        json.TryAdd("name", Path.GetFileNameWithoutExtension(nameOrPath));
        return Check(Deserialize(json, nameOrPath), nameOrPath);
    }

    /// <summary>The built-in profile for a runtime identifier, <c>portable</c> where there is none.</summary>
    public static HardwareProfile For(string runtimeIdentifier) =>
        BuiltIn.Select(Read).FirstOrDefault(profile => !profile.OnlyByName && profile.RuntimeIdentifiers.Contains(runtimeIdentifier, StringComparer.Ordinal))
        ?? Read("portable");

    private static JsonObject Resolve(string nameOrPath, string folder, int depth)
    {
        var own = Open(nameOrPath, ref folder);
        if (depth == MaxExtends)
            throw Invalid(nameOrPath, "'extends' comes back to itself");
        own.Remove("$schema");
        if (!own.Remove("extends", out var extends))
            return own;
        if (extends is not JsonValue value || !value.TryGetValue<string>(out var parent))
            throw Invalid(nameOrPath, "'extends' must be the name or path of one profile");
        return ProfileInheritance.Merge(own, Resolve(parent, folder, depth + 1));
    }

    private static JsonObject Open(string nameOrPath, ref string folder)
    {
        if (BuiltIn.Contains(nameOrPath, StringComparer.Ordinal))
            return Parse(BuiltInProfiles.Json(nameOrPath), nameOrPath);
        var path = Path.GetFullPath(nameOrPath, folder);
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ProfileUnknown.Create(null, nameOrPath, string.Join(", ", BuiltIn)));
        folder = Path.GetDirectoryName(path)!;
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, exception.Message);
        }
    }

    private static JsonObject Parse(string text, string file)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw Invalid(file, "it must be one JSON object");
        }
        catch (JsonException exception)
        {
            throw Invalid(file, $"it is not valid JSON: {exception.Message}");
        }
    }

    private static HardwareProfile Deserialize(JsonObject json, string file)
    {
        try
        {
            return json.Deserialize(ProfileJson.Default.HardwareProfile)!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Invalid(file, exception.Message);
        }
    }

    private static HardwareProfile Check(HardwareProfile profile, string file)
    {
        if (profile.ExecutionProviders.Count == 0)
            throw Invalid(file, "'executionProviders' must list at least one, such as CPU");
        var precisions = profile.Precisions.Allowed.Append(profile.Precisions.WithCalibration).Append(profile.Precisions.WithoutCalibration);
        if (precisions.FirstOrDefault(precision => !OptionWords.Precisions.Contains(precision, StringComparer.Ordinal)) is { } unknown)
            throw Invalid(file, $"'precisions' names '{unknown}', which is none of {string.Join(", ", OptionWords.Precisions)}");
        if (profile.Quantization.Percentile is <= 50 or > 100)
            throw Invalid(file, "'percentile' must be above 50 and at most 100, such as 99.99");
        if (profile.Quantization.Blockwise is { } blockwise && (blockwise.BlockSize is < 16 or > 256 || !int.IsPow2(blockwise.BlockSize)))
            throw Invalid(file, "'blockSize' must be 16, 32, 64, 128 or 256");
        CheckIntegers(profile.Quantization, file);
        CheckAsset(profile.Asset, file);
        return profile;
    }

    private static void CheckIntegers(QuantizationFormat format, string file)
    {
        if (format.WeightType == IntegerType.UInt16)
            throw Invalid(file, "'weightType' must be int8 or uint8; only activations have 16 bits");
        if (format is { SymmetricActivations: true, ActivationType: not IntegerType.Int8 })
            throw Invalid(file, "'symmetricActivations' has the zero point 0, so that 'activationType' must be int8");
        if (format is { ChannelsLast: true, ActivationType: IntegerType.UInt16 })
            throw Invalid(file, "'channelsLast' must be false with uint16 activations, for which ONNX Runtime has no integer operators");
        if (!double.IsFinite(format.MinimumRange) || format.MinimumRange < 0)
            throw Invalid(file, "'minimumRange' must be 0 or more, such as 0.0001");
    }

    private static void CheckAsset(AssetForm asset, string file)
    {
        if (asset.Format != "onnx")
            throw Invalid(file, "'format' must be onnx");
        if (asset.ExternalData is not ("never" or "over2GB" or "always"))
            throw Invalid(file, "'externalData' must be never, over2GB or always");
        if (asset.Compression is not ("none" or ProfileReader.Gzip))
            throw Invalid(file, "'compression' must be none or gzip");
        if (asset is { IsCompressed: true, ExternalData: "always" })
            throw Invalid(file, "'compression' is for a model in one file; 'externalData' must be never or over2GB with it");
    }

    private static DiagnosticException Invalid(string file, string reason) => new(DiagnosticRules.ProfileInvalid.Create(file, reason));
}
