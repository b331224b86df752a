using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests;

/// <summary>Builds that are ended in the middle, and builds of the same models at once.</summary>
public sealed class InterruptedBuildTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _request;

    public InterruptedBuildTests()
    {
        var model = TinyModels.Saturating(_folder.File("m.onnx"));
        var samples = Npz.Write(_folder.File("x.npz"), "x", rows: 8, columns: 3 * 64);
        _request = _folder.Write("request.json", BuildRequestFile.Write(new BuildRequest
        {
            CacheDirectory = _folder.File("cache"),
            Models = new([new ModelRequest
            {
                Model = model,
                Name = "m",
                OutputDirectory = _folder.File("out"),
                Profiles = new(["linux-arm64", "win-arm64"]),
                Options = new ModelOptions { Compile = new CompileOptions { Precision = "int8", Calibration = samples } },
            }]),
        }));
    }

    private static int Moments => int.TryParse(Environment.GetEnvironmentVariable("MODELCOMPILER_KILLED_BUILDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 8;

    private string[] Outputs => ["m.linux-arm64.onnx", "m.win-arm64.onnx"];

    public void Dispose() => _folder.Dispose();

    /// <summary>MODELCOMPILER_KILLED_BUILDS=50 kills at more moments.</summary>
    [Fact]
    public void WhatAKilledBuildLeavesBehindIsWholeAndTheNextOneIsRight()
    {
        var begun = Stopwatch.GetTimestamp();
        Modelc.Run("build", "--request", _request).ShouldSucceed();
        var took = Stopwatch.GetElapsedTime(begun);
        var whole = Outputs.ToDictionary(name => name, Content);
        var random = new Random(1);
        for (var i = 0; i < Moments; i++)
        {
            if (i % 2 == 0)
                Directory.Delete(_folder.File("cache"), recursive: true); // every second time all of the work is to be done
            Modelc.RunAndKill(took * random.NextDouble(), "build", "--request", _request);

            foreach (var name in Outputs.Where(name => File.Exists(_folder.File($"out/{name}"))))
                Content(name).ShouldBe(whole[name]);

            Modelc.Run("build", "--request", _request).ShouldSucceed();
            Outputs.ToDictionary(name => name, Content).ShouldBe(whole);
            Directory.EnumerateFileSystemEntries(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
                .ShouldBe(new[] { "m.linux-arm64", "m.win-arm64" }.SelectMany(asset => new[] { ".card.md", ".cdx.json", ".onnx", ".report.html", ".report.json" }, string.Concat)); // nothing is left of what was killed
        }
    }

    [Fact]
    public async Task BuildsAtOnceLeaveWhatOneWouldAndOneOfThemCompiles()
    {
        Modelc.Run("build", "--request", _request).ShouldSucceed();
        var whole = Outputs.ToDictionary(name => name, Content);
        Directory.Delete(_folder.File("cache"), recursive: true);

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Modelc.Run("build", "--request", _request))));

        runs.ShouldAllBe(run => run.ExitCode == 0, string.Join('\n', runs.Select(run => run.Error)));
        Outputs.ToDictionary(name => name, Content).ShouldBe(whole);
        runs.Sum(run => run.Error.Split("taken from the cache").Length - 1).ShouldBe((runs.Length - 1) * Outputs.Length, string.Join('\n', runs.Select(run => run.Error)));
    }

    private string Content(string name) => Convert.ToHexString(File.ReadAllBytes(_folder.File($"out/{name}")));
}
