using ModelCompiler.Compilation;
using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Onnx;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Compilation.Locks;

/// <summary>A model from one acceptance to the next, for a device that is not timed here.</summary>
public sealed class LockedCompilationTests : IDisposable
{
    private readonly TestFolder _cache = new();
    private readonly CompileProject _project = new(TenClasses.Classifier(widest: 1));
    private readonly CompileOptions _options;

    public LockedCompilationTests() => _options = TenClasses.Options(_project);

    private string Lock => Path.ChangeExtension(_project.ModelPath, ".model.lock.json");

    public void Dispose()
    {
        _project.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void WithoutALockNothingIsSaid()
    {
        Judge().Diagnostics.ShouldBeEmpty();
        File.Exists(Lock).ShouldBeFalse();
    }

    [Fact]
    public void WhatWasAcceptedPassesAndADamagedModelFailsUntilItIsAccepted()
    {
        Accept().Lock!.IsChanged.ShouldBeTrue();
        Judge().Diagnostics.ShouldBeEmpty();
        Accept().Lock!.IsChanged.ShouldBeFalse("nothing changed");

        OnnxWriter.Write(TenClasses.Classifier(widest: 1, silent: 3), _project.ModelPath);
        var refused = Judge();

        refused.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3025", "MC3024"]);
        refused.Diagnostics[^1].Message.ShouldContain("the original's top-1 accuracy is 89.16 % (n=1015), and was 100 % (n=1015); top-1 accuracy is 89.16 % (n=1015), and was 100 % (n=1015).");
        (refused.AssetPath, refused.Report!.Compiled).ShouldBe((null, null));
        refused.Report.Diagnostics.Select(facts => facts.Id).ShouldBe(["MC3025", "MC3024"]);
        _project.Outputs.ShouldBeEmpty();

        var accepted = Accept();
        accepted.Result.Diagnostics.ShouldBeEmpty("who accepts is not asked again");
        accepted.Lock!.Content.For("linux-arm64")!.Accuracy!.Original.ShouldBe(0.891626);
        Judge().Diagnostics.ShouldBeEmpty();
    }

    /// <summary>The lock is no part of what is cached: a refused compile is there for the acceptance, and a cached one is judged.</summary>
    [Fact]
    public void WhatComesFromTheCacheIsJudgedAndAcceptedAsWell()
    {
        var steps = new List<string>();
        Accept(cached: true);
        var accepted = File.ReadAllBytes(Lock);
        File.WriteAllText(Lock, File.ReadAllText(Lock).Replace($"\"bytes\": {new FileInfo(Path.Combine(_project.Output, "m.linux-arm64.onnx")).Length}", "\"bytes\": 10", StringComparison.Ordinal));

        Judge(cached: true, steps).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3024");
        steps.ShouldBe(["taken from the cache"]);
        _project.Outputs.ShouldBeEmpty();

        steps.Clear();
        Accept(cached: true, steps);
        steps.ShouldBe(["taken from the cache"]);
        File.ReadAllBytes(Lock).ShouldBe(accepted, "the same compile is the same lock");
        Judge(cached: true).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void WhatDiffersIsPartOfTheReport()
    {
        Accept();
        File.WriteAllText(Lock, File.ReadAllText(Lock).Replace("\"precision\": \"int8-weights\"", "\"precision\": \"int8\"", StringComparison.Ordinal));

        var result = Judge();

        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("precision is int8-weights, and was int8.");
        File.ReadAllText(Path.Combine(_project.Output, "m.linux-arm64.report.json")).ShouldBe(ReportJson.Write(result.Report!));
        File.ReadAllText(Path.Combine(_project.Output, "m.linux-arm64.report.html")).ShouldContain("MC3026");
        result.Report!.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC3026");
    }

    [Fact]
    public void ALockThatCannotBeReadFailsBeforeAnythingIsCompiled()
    {
        var steps = new List<string>();
        Judge().AssetPath.ShouldNotBeNull();
        File.WriteAllText(Lock, "{\n  \"version\": 1,\n<<<<<<< HEAD\n}");

        var error = Judge(steps: steps).Diagnostics.ShouldHaveSingleItem();

        (error.Id, error.File, error.Line).ShouldBe(("MC0020", Lock, 3));
        steps.ShouldBeEmpty();
        _project.Outputs.ShouldBeEmpty("nor is anything left of an earlier compile");
        Accept().Lock!.IsRewritten.ShouldBeTrue();
        Judge().Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void ACompileThatFailsOrCopiesLeavesTheLockAlone()
    {
        Accept();
        var text = File.ReadAllText(Lock);

        LockedCompilation.Accept(Job() with { Optimize = false }, Steps([])).Lock.ShouldBeNull();
        LockedCompilation.Accept(Job() with { Options = new ModelOptions { Compile = _options with { MaxSize = "10B" } } }, Steps([])).Lock.ShouldBeNull();
        File.ReadAllText(Lock).ShouldBe(text);

        File.WriteAllText(Lock, text.Replace("\"bytes\": ", "\"bytes\": 1, \"compressedBytes\": ", StringComparison.Ordinal));
        LockedCompilation.Judge(Job() with { Optimize = false }, Steps([])).Diagnostics.ShouldBeEmpty("nothing was measured that could be judged");
    }

    private CompileResult Judge(bool cached = false, List<string>? steps = null) => LockedCompilation.Judge(Job(cached), Steps(steps ?? []));

    private AcceptedCompile Accept(bool cached = false, List<string>? steps = null) => LockedCompilation.Accept(Job(cached), Steps(steps ?? []));

    private static Recorded Steps(List<string> steps) => new(steps);

    private CompileJob Job(bool cached = false) => new()
    {
        Model = _project.ModelPath,
        Name = "m",
        OutputDirectory = _project.Output,
        Profile = HardwareProfiles.Read("linux-arm64"),
        Options = new ModelOptions { Outputs = new([new OutputBinding("y", OutputKind.Logits)]), Compile = _options },
        CacheDirectory = cached ? _cache.Path : null,
    };

    private sealed class Recorded(List<string> steps) : ICompileProgress
    {
        public void Report(CompileStep step) => steps.Add(step.Text);
    }
}
