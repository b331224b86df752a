using System.CommandLine;
using System.Text.Json;
using ModelCompiler.Profiles;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc profiles</c>: the devices that the compiler knows.</summary>
internal static class ProfilesCommand
{
    public static Command Create()
    {
        var json = Symbols.Json();
        var command = new Command("profiles", "Lists the built-in hardware profiles.") { json };
        command.SetAction(parsed => CommandRunner.Run(parsed.GetValue(json), Run));
        return command;
    }

    private static void Run(CommandOutput output)
    {
        var profiles = HardwareProfiles.BuiltIn.Select(HardwareProfiles.Read).ToArray();
        output.Result(() => Json(profiles), () => Print(profiles));
    }

    /// <summary>Each profile complete, as a project could write it to a file of its own.</summary>
    private static string Json(IEnumerable<HardwareProfile> profiles) => JsonText.Write(json =>
    {
        json.WriteStartArray("profiles");
        foreach (var profile in profiles)
            JsonSerializer.Serialize(json, profile, ProfileJson.Default.HardwareProfile);
        json.WriteEndArray();
    });

    private static void Print(IEnumerable<HardwareProfile> profiles) => Tables.Print(
        ["profile", "devices", "with calibration", "without", "integers"],
        profiles.Select(profile => (IReadOnlyList<string>)
        [
            profile.Name,
            $"{string.Join(", ", profile.RuntimeIdentifiers)}{(profile.OnlyByName ? " (by name)" : "")}",
            profile.Precisions.WithCalibration,
            profile.Precisions.WithoutCalibration,
            Integers(profile.Quantization),
        ]));

    private static string Integers(QuantizationFormat format) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{format.ActivationType}{(format.SymmetricActivations ? " symmetric" : "")} × {format.WeightType}{(format.PerChannel ? " per channel" : "")}").ToLowerInvariant();
}
