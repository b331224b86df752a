using System.Text.Json;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation;

/// <summary>
/// Everything a compile follows from, as one key: this compiler, the profile, what is said of the model, and the bytes of every file that this names. Where the files are and when they were written
/// is no part of it; nor is the machine, but for whether it can measure the profile's latency: what one machine made and measured is good for the others of a team.
/// </summary>
internal static class JobKey
{
    /// <summary>Counted up when cached results change their form.</summary>
    private const int Form = 1;

    /// <summary>Null where a file cannot be read: the compile will say so.</summary>
    public static string? Of(CompileJob job)
    {
        try
        {
            using var key = new ContentKey();
            key.Add(Form).Add(Toolchain.Compiler).Add(job.Profile.IsMeasurableOn(HostIdentifier.Current) ? 1 : 0).Add(job.Name).Add(JsonSerializer.Serialize(job.Profile, ProfileJson.Default.HardwareProfile));
            AddModel(key, job.Model);
            var compile = job.Options.Compile;
            string?[] named = [job.Options.Labels, compile.Calibration, compile.Evaluation, compile.OutOfDistribution];
            string?[] data = [compile.Calibration, compile.Evaluation, compile.OutOfDistribution];
            var besides = data.SelectMany(path => path is null ? new string?[3] : [BoxLabels.MirrorOf(path), MaskLabels.MirrorOf(path), DataSetDescription.PathFor(path)]);
            foreach (var path in named.Concat(besides))
                DataContent.AddTo(key, path);
            if (compile.Teacher is { } teacher)
                AddModel(key, teacher);
            return key.Add(Words(job.Options)).Finish();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            return null;
        }
    }

    private static void AddModel(ContentKey key, string model)
    {
        key.AddFile(model);
        foreach (var file in SignatureReader.Read(model).ExternalFiles.Order(StringComparer.Ordinal))
            key.Add(file).AddFile(Path.Combine(Path.GetDirectoryName(model)!, file));
    }

    /// <summary>What is said, with names in place of paths: what lies there is added by its content.</summary>
    private static string Words(ModelOptions options)
    {
        var compile = options.Compile;
        var named = options with
        {
            Labels = NameOf(options.Labels),
            Compile = compile with { Calibration = NameOf(compile.Calibration), Evaluation = NameOf(compile.Evaluation), OutOfDistribution = NameOf(compile.OutOfDistribution), Teacher = NameOf(compile.Teacher), Profiles = default },
        };
        return BuildRequestFile.Write(new BuildRequest { Models = new([new ModelRequest { Model = "", Name = "", OutputDirectory = "", Profiles = default, Options = named }]) });
    }

    private static string? NameOf(string? path) => path is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
