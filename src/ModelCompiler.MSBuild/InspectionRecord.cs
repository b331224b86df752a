using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelCompiler.MSBuild;

/// <summary>What <see cref="InspectModels"/> was told and what it found, kept for the builds in which nothing changed.</summary>
/// <param name="task">The inspection.</param>
/// <param name="directory">Folder of the intermediate files.</param>
internal sealed class InspectionRecord(InspectModels task, string directory)
{
    private const char Separator = '\t';

    private readonly StateRecord _record = new(Path.Combine(directory, "inspected.record"));
    private readonly DateTime _begun = DateTime.UtcNow;

    /// <summary>Gives the task the outputs that it had the last time; false where something is not as it was then.</summary>
    public bool TryRestore()
    {
        if (_record.Unchanged(Settings()) is not { } lines)
            return false;
        var items = lines.Select(line => line.Split(Separator)).ToLookup(fields => fields[0], Item, StringComparer.Ordinal);
        task.Restore(name => [.. items[name]]);
        return true;
    }

    /// <summary>Keeps the outputs. A file that was written since the inspection began may have been read before: then the next build looks again.</summary>
    /// <param name="read">The files that were read.</param>
    /// <param name="written">The files that were written.</param>
    public void Keep(IEnumerable<string> read, IEnumerable<string> written)
    {
        var files = read.ToArray();
        if (files.Any(file => File.GetLastWriteTimeUtc(file) > _begun.AddSeconds(-1)))
            return;
        _record.Write(Settings(), StateRecord.Observe(files.Concat(written)), task.Outputs.SelectMany(output => output.Value.Select(item => Line(output.Key, item))));
    }

    private string Settings()
    {
        var text = new StringBuilder();
        foreach (var word in new[] { task.ProjectFile, task.OutputDirectory, task.RootNamespace, task.ProfileNames, task.RuntimeIdentifiers, task.HostRuntimeIdentifier, task.TargetPlatform })
            text.Append(word).Append('\n');
        foreach (var items in new[] { task.Models, task.Profiles, task.ReferencedPlans, task.PackagedAssets })
        {
            foreach (var item in items)
                text.Append(Line("item", item)).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>An item with all that is said of it.</summary>
    private static string Line(string name, ITaskItem item)
    {
        var line = new StringBuilder(name).Append(Separator).Append(item.ItemSpec);
        var metadata = item.CloneCustomMetadata();
        foreach (var key in metadata.Keys.Cast<string>().OrderBy(key => key, StringComparer.Ordinal))
            line.Append(Separator).Append(key).Append('=').Append(metadata[key]);
        return line.ToString();
    }

    private static ITaskItem Item(string[] fields)
    {
        var item = new TaskItem(fields[1]);
        foreach (var said in fields.Skip(2).Select(field => field.Split(['='], 2)))
            item.SetMetadata(said[0], said[1]);
        return item;
    }
}
