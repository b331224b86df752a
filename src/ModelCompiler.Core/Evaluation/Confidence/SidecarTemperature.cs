using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>Writes the temperature of an output into a model's sidecar, and leaves every other byte of it as it is.</summary>
public static class SidecarTemperature
{
    /// <summary>Creates the sidecar where there is none. The new one is written beside it, then takes its place.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="scores">The output; its kind is written where the sidecar does not say it.</param>
    /// <param name="temperature">From 0.01 to 100.</param>
    /// <returns>Path of the sidecar.</returns>
    /// <exception cref="DiagnosticException">MC0004 the sidecar is not understood; MC5002 it cannot be written.</exception>
    public static string Write(string model, ScoreOutput scores, double temperature)
    {
        var path = SidecarReader.PathFor(model);
        _ = SidecarReader.ReadFor(model);
        byte[] sidecar = File.Exists(path) ? File.ReadAllBytes(path) : "{}\n"u8.ToArray();
        if (!Says(sidecar, scores.Name, "kind"))
            sidecar = With(sidecar, scores.Name, "kind", Quoted(OptionWords.Word(scores.Kind)));
        sidecar = With(sidecar, scores.Name, "temperature", temperature.ToString("R", CultureInfo.InvariantCulture));
        _ = SidecarReader.Parse(Encoding.UTF8.GetString(sidecar), path, Path.GetDirectoryName(Path.GetFullPath(path))!);

        var beside = path + ".new";
        OutputFiles.Change(path, () =>
        {
            File.WriteAllBytes(beside, sidecar);
            File.Move(beside, path, overwrite: true);
        });
        return path;
    }

    private static bool Says(byte[] sidecar, string output, string property)
    {
        var start = RootOf(sidecar);
        foreach (var name in (string[])["outputs", output])
        {
            if (Member.Find(sidecar, start, name) is not { IsObject: true } member)
                return false;
            start = member.Start;
        }

        return Member.Find(sidecar, start, property) is not null;
    }

    private static byte[] With(byte[] sidecar, string output, string property, string value) => With(sidecar, RootOf(sidecar), ["outputs", output, property], value);

    private static byte[] With(byte[] json, int start, ReadOnlySpan<string> path, string value)
    {
        if (Member.Find(json, start, path[0]) is not { } member)
            return Insert(json, start, $"{Quoted(path[0])}: {Nested(path[1..], value)}");
        return path.Length == 1 || !member.IsObject
            ? Replace(json, member.Start, member.End, Nested(path[1..], value))
            : With(json, member.Start, path[1..], value);
    }

    /// <summary>The value within an object for each name that is left of the path.</summary>
    private static string Nested(ReadOnlySpan<string> path, string value) => path.IsEmpty ? value : $"{{ {Quoted(path[0])}: {Nested(path[1..], value)} }}";

    /// <summary>As the last member of an object, set off as the one before it is.</summary>
    private static byte[] Insert(byte[] json, int start, string member)
    {
        if (Member.Of(json, start) is not [.., var last])
            return Replace(json, start + 1, start + 1, json[start + 1] == '}' ? $" {member} " : $" {member}");
        var space = last.NameStart;
        while (json[space - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            space--;
        return Replace(json, last.End, last.End, $",{Encoding.UTF8.GetString(json, space, last.NameStart - space)}{member}");
    }

    private static byte[] Replace(byte[] json, int start, int end, string text) => [.. json.AsSpan(0, start), .. Encoding.UTF8.GetBytes(text), .. json.AsSpan(end)];

    private static int RootOf(byte[] json) => Array.IndexOf(json, (byte)'{');

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>A property of an object and where it lies.</summary>
    private sealed record Member(string Name, int NameStart, int Start, int End, bool IsObject)
    {
        public static Member? Find(byte[] json, int start, string name) => Of(json, start).Find(member => member.Name == name);

        /// <summary>All properties of the object that begins at a place.</summary>
        public static List<Member> Of(byte[] json, int start)
        {
            var members = new List<Member>();
            var reader = new Utf8JsonReader(json.AsSpan(start));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, nameStart) = (reader.GetString()!, start + (int)reader.TokenStartIndex);
                reader.Read();
                var (valueStart, isObject) = (start + (int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartObject);
                reader.Skip();
                members.Add(new Member(name, nameStart, valueStart, start + (int)reader.BytesConsumed, isObject));
            }

            return members;
        }
    }
}
