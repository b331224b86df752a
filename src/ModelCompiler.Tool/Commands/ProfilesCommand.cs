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
        output.Result(() => ResultJson.Write(ProfilesReport.Of(profiles)), () => Print(profiles));
    }

    private static void Print(IEnumerable<HardwareProfile> profiles) => Tables.Print(
        ["profile", "devices", "with calibration", "without", "integers"],
        profiles.Select(profile => (IReadOnlyList<string>)
        [
            profile.Name,
            string.Join(", ", profile.RuntimeIdentifiers),
            profile.Precisions.WithCalibration,
            profile.Precisions.WithoutCalibration,
            Integers(profile.Quantization),
        ]));

    private static string Integers(QuantizationFormat format) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{format.ActivationType} × {format.WeightType}{(format.PerChannel ? " per channel" : "")}").ToLowerInvariant();
}

/// <summary>The JSON of <c>modelc profiles</c>: each profile complete, as a project could write it to a file of its own.</summary>
internal sealed record ProfilesReport(IReadOnlyList<JsonElement> Profiles)
{
    public static ProfilesReport Of(IEnumerable<HardwareProfile> profiles) =>
        new([.. profiles.Select(profile => JsonSerializer.SerializeToElement(profile, ProfileJson.Default.HardwareProfile))]);
}
