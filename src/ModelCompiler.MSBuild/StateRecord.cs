using System.Text;

namespace ModelCompiler.MSBuild;

/// <summary>
/// What a step of the build came to, and all that it followed from: the settings, and how each file looked. A build in which nothing changed takes the result from
/// here by comparing lines. It understands none of them, which is the point: in a build process that has just started, code that runs for the first time
/// is compiled first, and reading models, sidecars and plans would take longer than everything else.
/// </summary>
/// <param name="path">The record's file.</param>
internal sealed class StateRecord(string path)
{
    private const string FilePrefix = "file\t";
    private const string ResultPrefix = "result\t";

    // Other tasks may read the same files otherwise.
    private static readonly string Header = "record 1 " + string.Join(" ", Directory.GetFiles(Path.GetDirectoryName(typeof(StateRecord).Assembly.Location)!, "ModelCompiler.*.dll").OrderBy(file => file, StringComparer.Ordinal).Select(FileState.Of));

    /// <summary>The lines of the result; null where something changed, or nothing is known.</summary>
    public IReadOnlyList<string>? Unchanged(string settings)
    {
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != Header || lines[1] != OneLine(settings))
            return null;
        var result = new List<string>();
        for (var i = 2; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(ResultPrefix, StringComparison.Ordinal))
                result.Add(Original(lines[i].Substring(ResultPrefix.Length)));
            else if (!IsUnchanged(lines[i]))
                return null;
        }

        return result;
    }

    /// <summary>How files and folders look now.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Observe(IEnumerable<string> paths) => [.. paths.Select(path => new KeyValuePair<string, string>(path, FileState.Of(path)))];

    /// <summary>Keeps a result, once it is complete.</summary>
    /// <param name="settings">What was said.</param>
    /// <param name="files">What was read, as it looked before it was read, and what was written.</param>
    /// <param name="result">Lines of text.</param>
    public void Write(string settings, IEnumerable<KeyValuePair<string, string>> files, IEnumerable<string> result)
    {
        var text = new StringBuilder().Append(Header).Append('\n').Append(OneLine(settings)).Append('\n');
        foreach (var file in files)
        {
            if (file.Key.IndexOfAny(['\n', '\r', '\t']) >= 0)
                return;   // a name that does not fit into a line: every build looks again
            text.Append(FilePrefix).Append(file.Key).Append('\t').Append(file.Value).Append('\n');
        }

        foreach (var line in result)
            text.Append(ResultPrefix).Append(OneLine(line)).Append('\n');
        ChangedText.Write(path, text.ToString());
    }

    private static bool IsUnchanged(string line)
    {
        var end = line.LastIndexOf('\t');
        return end > FilePrefix.Length && FileState.Of(line.Substring(FilePrefix.Length, end - FilePrefix.Length)) == line.Substring(end + 1);
    }

    private static string OneLine(string text) => text.Replace("\\", "\\\\").Replace("\r", "\\r").Replace("\n", "\\n");

    private static string Original(string line)
    {
        if (line.IndexOf('\\') < 0)
            return line;
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var escaped = line[i] == '\\' && ++i < line.Length;
            text.Append(!escaped ? line[i] : line[i] == 'n' ? '\n' : line[i] == 'r' ? '\r' : line[i]);
        }

        return text.ToString();
    }
}
