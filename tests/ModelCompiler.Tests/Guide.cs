namespace ModelCompiler.Tests;

/// <summary>A page of docs/ whose example is a project: the files that it shows, built with the package.</summary>
internal sealed class Guide(string page)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page)).ReplaceLineEndings("\n");

    /// <summary>The first block of a language.</summary>
    public string Block(string language) => _text.Split($"```{language}\n")[1].Split("```")[0];

    /// <summary>Writes the project file with the versions that are tested, and models passed through: what the compiler does to them is tested elsewhere.</summary>
    public void WriteProject(UserProject app) => app.Write(Path.GetFileName(app.ProjectFile), Block("xml")
        .Replace("\"ModelCompiler\" Version=\"*\"", $"\"ModelCompiler\" Version=\"{PackageFeed.Version}\"", StringComparison.Ordinal)
        .Replace("<Nullable>", $"{UserProject.PassThrough}<Nullable>", StringComparison.Ordinal)
        .Replace("Version=\"*\"", $"Version=\"{Repository.ExtensionsVersion}\"", StringComparison.Ordinal));

    /// <summary>Builds; the package that decodes images names versions of macOS, of which the SDK warns.</summary>
    public static void Build(UserProject app)
    {
        var build = app.Build();
        build.ExitCode.ShouldBe(0, build.Output);
        build.Warnings.ShouldAllBe(warning => warning.Contains("NETSDK1206"));
    }
}
