using System.Text.Json.Nodes;

namespace ModelCompiler.Tests;

/// <summary>
/// The same project gives the same bytes wherever and by whomever it is built. Otherwise a cache would not find what another machine made, and nobody could say what a device runs.
/// </summary>
public sealed class DeterminismTests(PackageFeed package)
{
    private static readonly Dictionary<string, string?> Turkey = Environment("tr_TR.UTF-8", "Pacific/Auckland", processors: 1);

    private static readonly Dictionary<string, string?> Germany = Environment("de_DE.UTF-8", "America/Los_Angeles", processors: null);

    [Fact]
    public void FolderCultureTimeZoneAndProcessorsChangeNoByte()
    {
        using var one = new UserProject(package, folder: "a");
        using var other = new UserProject(package, folder: "some/where/much/deeper/in/a folder");

        var (fromTurkey, fromGermany) = (Build(one, Turkey, "Cuma"), Build(other, Germany, "Freitag"));

        fromTurkey.Keys.ShouldBe(fromGermany.Keys);
        fromTurkey.Keys.Select(Path.GetExtension).Distinct().ShouldBe([".cs", ".json", ".modelmanifest", ".onnx"], ignoreOrder: true);
        foreach (var (name, content) in fromTurkey)
            fromGermany[name].ShouldBe(content, name);
    }

    /// <summary>What was made: models, manifests, generated code, and the reports without what was measured.</summary>
    private static SortedDictionary<string, string> Build(UserProject app, Dictionary<string, string?> environment, string friday)
    {
        app.With(
            """<Model Include="digits.onnx" Precision="int8" Calibration="samples" MaxSize="1MB" /><ModelProfile Include="linux-x64;linux-arm64" />""",
            "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><Friday>$([System.DateTime]::Parse('2026-01-02').ToString('dddd'))</Friday>");
        app.WithDigitsAndSidecar().WithSamples("samples").Write("Program.cs", "Console.WriteLine();");
        Assert.SkipUnless(app.Run(environment, "msbuild", "-nologo", "-getProperty:Friday").Output.Trim() == friday, $"a build does not call Friday '{friday}' here, since ICU or its data is not installed");

        app.Run(environment, "build", "--nologo", "-v:n", "-tl:off").ShouldSucceed();

        var made = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in new[] { "*.onnx", "*.report.json", "*.modelmanifest", "*.g.cs" }.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(app.Folder, "obj", "Debug"), pattern, SearchOption.AllDirectories)))
            made[Path.GetRelativePath(app.Folder, file)] = file.EndsWith(".json", StringComparison.Ordinal) ? WhatFollowsFromInputs(file, app.Folder) : Convert.ToBase64String(File.ReadAllBytes(file));
        return made;
    }

    /// <summary>A report without what a clock measured, and with paths as they are below the project.</summary>
    private static string WhatFollowsFromInputs(string report, string folder)
    {
        var facts = JsonNode.Parse(File.ReadAllText(report))!.AsObject();
        facts.Remove("latency");
        facts.Remove("measured");
        foreach (var form in facts["tried"]!.AsArray())
            form!.AsObject().Remove("speed");
        facts["model"] = Path.GetRelativePath(folder, (string)facts["model"]!);
        facts["compiled"]!["path"] = Path.GetRelativePath(folder, (string)facts["compiled"]!["path"]!);
        return facts.ToJsonString();
    }

    private static Dictionary<string, string?> Environment(string language, string timeZone, int? processors) => new(StringComparer.Ordinal)
    {
        ["LANG"] = language,
        ["LC_ALL"] = language,
        ["TZ"] = timeZone,
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = null,
        ["DOTNET_PROCESSOR_COUNT"] = processors?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
