using System.Globalization;
using System.Text;

namespace ModelCompiler.Contract;

/// <summary>
/// Writes a manifest as text: one fact a line, its key first, so that a change is one line of a diff and a compiler's analyzer
/// can read it without any library. A line that begins with two spaces belongs to the one above it.
/// </summary>
public static class ManifestWriter
{
    /// <summary>How the names of manifest files end; the generator knows its additional files by it.</summary>
    public const string FileExtension = ".modelmanifest";

    /// <summary>The first line of every manifest.</summary>
    public const string Header = "modelcompiler-manifest\t1";

    /// <summary>The manifest as text; the same manifest always gives the same text.</summary>
    public static string Write(ModelManifest manifest)
    {
        var lines = new List<string>
        {
            Header,
            ManifestText.Line("name", manifest.Name),
            ManifestText.Line("class", manifest.ClassName),
            ManifestText.Line("namespace", manifest.Namespace),
            ManifestText.Line("access", OptionWords.Word(manifest.Access)),
            ManifestText.Line("task", OptionWords.Word(manifest.Task)),
            ManifestText.Line("provenance", manifest.Provenance.Description, manifest.Provenance.License, manifest.Provenance.Source),
        };
        lines.AddRange(manifest.Inputs.SelectMany(Lines));
        lines.AddRange(manifest.Outputs.SelectMany(Lines));
        lines.AddRange(manifest.Labels.Select(label => ManifestText.Line("label", label)));
        lines.AddRange(manifest.Profiles.SelectMany(ProfileLines.Of));
        return new StringBuilder().AppendJoined(lines).ToString();
    }

    /// <summary>The part of a manifest that says how data becomes inputs.</summary>
    public static string Write(IReadOnlyList<ManifestInput> inputs) => new StringBuilder().AppendJoined(inputs.SelectMany(Lines)).ToString();

    private static IEnumerable<string> Lines(ManifestInput input)
    {
        yield return Line("input", input.Value);
        if (input.Value.Shape is { } shape)
            yield return Line(shape);
        if (input.Image is { } image)
            yield return Line(image);
        if (input.State is { } state)
            yield return ManifestText.Line("  state", state);
        if (input.Constant is { } constant)
            yield return ManifestText.Line("  value", constant.ToString("R", CultureInfo.InvariantCulture));
        if (input.Audio is { } audio)
            yield return ManifestText.Line("  audio", Number(audio.SampleRate), Number(audio.Window), Number(audio.Hop), Number(audio.Padding));
    }

    private static IEnumerable<string> Lines(ManifestOutput output)
    {
        yield return Line("output", output.Value);
        if (output.Value.Shape is { } shape)
            yield return Line(shape);
        yield return ManifestText.Line("  kind", OptionWords.Word(output.Kind));
        if (output.Detection is { } detection)
            yield return Line(detection);
        if (output.ClassMap is { } map)
            yield return ManifestText.Line("  classmap", OptionWords.Word(map.Values), OptionWords.Word(map.Layout));
        if (output.Temperature is { } temperature)
            yield return ManifestText.Line("  temperature", temperature.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Line(string key, ValueSignature value) =>
        ManifestText.Line(key, value.Name, OptionWords.Word(value.Kind), Number((int)value.ElementType), value.TypeText);

    private static string Line(EquatableArray<Dimension> shape) =>
        ManifestText.Line("  shape", [.. shape.SelectMany(dimension => new[] { dimension.Size is { } size ? Number(size) : null, dimension.Name })]);

    private static string Line(ImageInput image) => ManifestText.Line(
        "  image",
        OptionWords.Word(image.Layout), OptionWords.Word(image.Color), ImageGrammar.Text(image.Resize),
        image.CenterCrop is { } side ? Number(side) : null, Number(image.Scale), Numbers(image.Mean), Numbers(image.Std));

    private static string Line(DetectionFormat detection) => ManifestText.Line(
        "  detection",
        detection.Box is { } box ? OptionWords.Word(box) : null, detection.IsRelative is { } relative ? Word(relative) : null, Word(detection.HasObjectness),
        Word(detection.IsColumnsFirst), detection.Background is { } background ? Number(background) : null, string.Join(" ", detection.Strides.Select(stride => Number(stride))));

    private static string Word(bool value) => value ? "true" : "false";

    private static string Numbers(EquatableArray<float> values) => string.Join(" ", values.Select(Number));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(float value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static StringBuilder AppendJoined(this StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return text;
    }
}
