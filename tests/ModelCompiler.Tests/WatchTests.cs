namespace ModelCompiler.Tests;

/// <summary>
/// <c>dotnet watch</c> follows what is compiled and what the project names for it. Models are no code, so they have to be named, or an app that runs goes on with the model of yesterday.
/// </summary>
public sealed class WatchTests(PackageFeed package) : IDisposable
{
    private const string Waiting = "Waiting for a file to change";

    /// <summary>Polling sees changes in every kind of folder, also in those of containers that hand no notifications on.</summary>
    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1",
        ["DOTNET_USE_POLLING_FILE_WATCHER"] = "1",
    };

    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task SavingAModelItsSidecarOrItsLabelsBuildsOnce()
    {
        _app.With("""<Model Include="digits.onnx" Labels="digits.labels.txt" /><ModelProfile Include="portable" />""", UserProject.PassThrough).WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();");
        _app.Build().ShouldSucceed();
        using var watch = _app.Start(Environment, "watch", "--non-interactive", "build", "--nologo", "--no-restore", "-v:n", "-tl:off");
        Compilations(await ReadUntilItWaits()).ShouldBe(0, watch.Output);

        foreach (var name in new[] { "digits.onnx", "digits.model.json", "digits.labels.txt" })
        {
            Save(name, File.ReadAllBytes(Path.Combine(_app.Folder, name)));
            Compilations(await ReadUntilItWaits()).ShouldBe(name.EndsWith(".json", StringComparison.Ordinal) ? 0 : 1, $"{name} was saved\n{watch.Output}");
        }

        // What the builds wrote is no change: the code is the next one that it sees.
        Save("Program.cs", "Console.WriteLine(1);"u8.ToArray());
        var last = await ReadUntilItWaits();
        last.ShouldContain("Program.cs", customMessage: watch.Output);
        Compilations(last).ShouldBe(0, watch.Output);

        Task<string> ReadUntilItWaits() => watch.ReadUntil(Waiting, TestContext.Current.CancellationToken);

        static int Compilations(string output) => output.Split("Compiling a model: digits").Length - 1;
    }

    /// <summary>In one step, as editors do: a file that is seen half written would be two changes.</summary>
    private void Save(string name, byte[] content)
    {
        _app.Write($"saved/{name}", content);
        File.Move(Path.Combine(_app.Folder, "saved", name), Path.Combine(_app.Folder, name), overwrite: true);
    }
}
