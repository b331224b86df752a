namespace ModelCompiler.Contract;

/// <summary>Reads what <see cref="ManifestWriter"/> wrote.</summary>
public sealed class ManifestReader
{
    private readonly Dictionary<string, string?[]> _facts = new(StringComparer.Ordinal);
    private readonly List<ManifestInput> _inputs = [];
    private readonly List<ManifestOutput> _outputs = [];
    private readonly List<string> _labels = [];
    private readonly List<ManifestProfile> _profiles = [];
    private string _owner = "";

    private ManifestReader()
    {
    }

    /// <summary>Reads a manifest's text.</summary>
    /// <param name="text">The text; lines may end in CR LF.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <exception cref="DiagnosticException">MC6001, naming the line.</exception>
    public static ModelManifest Read(string text, string? file)
    {
        var lines = text.Split('\n');
        var reader = new ManifestReader();
        var line = 0;
        try
        {
            if (lines[0].TrimEnd('\r') != ManifestWriter.Header)
                throw new FormatException($"it is not the header '{ManifestWriter.Header.Replace('\t', ' ')}' of this version");
            for (line = 1; line < lines.Length; line++)
                reader.ReadLine(lines[line].TrimEnd('\r'));
            line--;
            return reader.Build();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new DiagnosticException(DiagnosticRules.ManifestInvalid.Create(file, line + 1, exception.Message));
        }
    }

    private void ReadLine(string line)
    {
        if (line.Length == 0)
            return;
        var fields = new ManifestFields(ManifestText.Fields(line));
        var key = fields.Text();
        if (!key.StartsWith("  ", StringComparison.Ordinal))
            _owner = key;
        switch (key)
        {
            case "name" or "class" or "namespace" or "access" or "task" or "provenance": _facts[key] = fields.Rest(); break;
            case "input": _inputs.Add(new ManifestInput(fields.Value(), null)); break;
            case "output": _outputs.Add(new ManifestOutput(fields.Value(), OutputKind.Raw)); break;
            case "label": _labels.Add(fields.Text()); break;
            case "  shape" when _owner == "input": Change(_inputs, input => input with { Value = input.Value with { Shape = fields.Shape() } }); break;
            case "  shape" when _owner == "output": Change(_outputs, output => output with { Value = output.Value with { Shape = fields.Shape() } }); break;
            case "  image" when _owner == "input": Change(_inputs, input => input with { Image = fields.Image() }); break;
            case "  state" when _owner == "input": Change(_inputs, input => input with { State = fields.Text() }); break;
            case "  value" when _owner == "input": Change(_inputs, input => input with { Constant = fields.Number() }); break;
            case "  audio" when _owner == "input": Change(_inputs, input => input with { Audio = fields.Audio() }); break;
            case "  kind" when _owner == "output": Change(_outputs, output => output with { Kind = fields.Word<OutputKind>() }); break;
            case "  detection" when _owner == "output": Change(_outputs, output => output with { Detection = fields.Detection() }); break;
            case "  classmap" when _owner == "output": Change(_outputs, output => output with { ClassMap = fields.ClassMap() }); break;
            case "  temperature" when _owner == "output": Change(_outputs, output => output with { Temperature = fields.Number() }); break;
            case "profile": ProfileLines.Begin(_profiles, fields); break;
            case "  compression" or "  rid" or "  processor" or "  provider" or "  setting" when _owner == "profile": ProfileLines.Read(_profiles, key, fields); break;
            default: throw new FormatException($"'{key.Trim()}' has no place there");
        }
        fields.ExpectEnd();
    }

    private ModelManifest Build() => new(
        Fact("name").Text(),
        Fact("class").Text(),
        Fact("namespace").Text(),
        Fact("access").Word<Access>(),
        Fact("task").Word<ModelTask>(),
        new(_inputs),
        new(_outputs),
        new(_labels),
        new(_profiles),
        Fact("provenance").Provenance());

    private ManifestFields Fact(string key) => new(_facts.TryGetValue(key, out var fields) ? fields : throw new FormatException($"'{key}' is missing"));

    private static void Change<T>(List<T> items, Func<T, T> change) => items[items.Count - 1] = change(items[items.Count - 1]);
}
