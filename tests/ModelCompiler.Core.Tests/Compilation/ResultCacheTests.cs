using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Caching;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>Finished compiles, kept for the next project, clone or machine with the same job.</summary>
public sealed class ResultCacheTests : IDisposable
{
    private const string FromTheCache = "taken from the cache";

    private readonly TestFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void TheSameJobInAnotherFolderTakesTheSameFiles()
    {
        using var first = Cached();
        using var second = Cached();

        var made = Compile(first);
        var taken = Compile(second);

        first.Steps.ShouldNotContain(FromTheCache);
        second.Steps.ShouldBe([FromTheCache]);
        second.Outputs.ShouldBe(first.Outputs);
        File.ReadAllBytes(taken.AssetPath!).ShouldBe(File.ReadAllBytes(made.AssetPath!));
        Report(second).Replace(second.Output, first.Output).Replace(second.ModelPath, first.ModelPath).ShouldBe(Report(first));
        taken.Report!.Compiled!.Path.ShouldBe(taken.AssetPath);
        foreach (var document in ReportDocuments.All.Select(document => "m.linux-x64" + document.Ending))
            File.ReadAllText(Path.Combine(second.Output, document)).ShouldBe(File.ReadAllText(Path.Combine(first.Output, document)), document);
    }

    [Fact]
    public void WhatWasWarnedOfIsWarnedOfAgain()
    {
        using var first = Cached();
        using var second = Cached();

        var made = Compile(first, change: float.NaN);
        var taken = Compile(second, change: float.NaN);

        second.Steps.ShouldBe([FromTheCache]);
        taken.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Severity, diagnostic.Message)).ShouldBe(made.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Severity, diagnostic.Message)));
        taken.Diagnostics.ShouldAllBe(diagnostic => diagnostic.File == second.ModelPath);
    }

    [Fact]
    public void WhatFailedIsTriedAgain()
    {
        using var project = Cached();
        for (var time = 0; time < 2; time++)
        {
            project.Compile(new CompileOptions { Precision = "fp32", MaxSize = "10B" }).AssetPath.ShouldBeNull();

            project.Steps.ShouldNotContain(FromTheCache);
        }
    }

    [Fact]
    public void AnythingElseIsAnotherJob()
    {
        using var folder = new TestFolder();
        var profile = folder.Write("linux-x64.json", """{ "extends": "linux-x64", "quantization": { "percentile": 99 } }""");
        using var project = Cached();
        using var sameNameOtherProfile = Cached(profile);
        Compile(project);

        project.Compile(new CompileOptions { Precision = "int8-weights", Calibration = Noise(project), MaxSize = "1MB" });
        project.Steps.ShouldNotContain(FromTheCache);
        Compile(project, change: 1e-3f);
        project.Steps.ShouldNotContain(FromTheCache);
        Compile(sameNameOtherProfile);
        sameNameOtherProfile.Steps.ShouldNotContain(FromTheCache);
        File.AppendAllBytes(project.ModelPath, [0x32, 1, (byte)'x']); // a doc_string
        Compile(project);
        project.Steps.ShouldNotContain(FromTheCache);
    }

    [Fact]
    public void ADamagedEntryIsMadeAnew()
    {
        using var first = Cached();
        using var second = Cached();
        var made = Compile(first);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_cache.Path, "results", "cas"), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        var again = Compile(second);

        second.Steps.ShouldNotContain(FromTheCache);
        again.Report!.Compiled!.Sha256.ShouldBe(made.Report!.Compiled!.Sha256);
    }

    [Fact]
    public void ATeamCompilesOnce()
    {
        using var server = new CacheServer();
        using var first = new CompileProject(Networks.Classifier()) { RemoteCache = server.Address };
        using var second = new CompileProject(Networks.Classifier()) { RemoteCache = server.Address, CacheDirectory = _cache.Path };
        var made = Compile(first);

        var taken = Compile(second);
        server.Dispose();
        using var third = Cached();
        Compile(third);

        second.Steps.ShouldBe([FromTheCache]);
        third.Steps.ShouldBe([FromTheCache], "what came from the server stays here");
        taken.Report!.Compiled!.Sha256.ShouldBe(made.Report!.Compiled!.Sha256);
        server.Entries.Values.ShouldAllBe(entry => !System.Text.Encoding.UTF8.GetString(entry).Contains(first.Output), "nobody's folders are told");
    }

    [Fact]
    public void ATeamsServerThatFailsIsSaidAndNoReasonToFail()
    {
        using var server = new CacheServer { Answer = _ => new(500, []) };
        using var project = new CompileProject(Networks.Classifier()) { RemoteCache = server.Address };

        var result = Compile(project);

        result.AssetPath.ShouldNotBeNull();
        var remark = result.Diagnostics.ShouldHaveSingleItem();
        (remark.Id, remark.Severity).ShouldBe(("MC5003", DiagnosticSeverity.Info));
        remark.Message.ShouldContain("500");
        result.Report!.Diagnostics.ShouldBeEmpty("the trouble is of this build, not of the model");
    }

    private static string Report(CompileProject project) => File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.report.json"));

    private CompileProject Cached(string profile = "linux-x64") => new(Networks.Classifier()) { CacheDirectory = _cache.Path, Profile = profile };

    private static CompileResult Compile(CompileProject project, float change = 0) =>
        project.Compile(new CompileOptions { Precision = "int8-weights", Calibration = Noise(project, change) });

    private static string Noise(CompileProject project, float change = 0)
    {
        var numbers = Networks.Samples(Networks.Classifier(), 4).SelectMany(sample => sample.Inputs["x"].ToFloats()).ToArray();
        numbers[5] += change;
        return project.WriteSamples("x", numbers, 4, 3, 12, 12);
    }
}
