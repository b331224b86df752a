using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Compilation.Locks;

public sealed class LockAcceptanceTests : IDisposable
{
    private static readonly LockedForm Form = new() { Profile = "portable", Model = new('a', 64), Precision = "fp32", Bytes = 10, Compiled = new('b', 64), LatencyRatio = 1.5 };

    private readonly TestFolder _folder = new();

    private string Lock => Path.Combine(_folder.Path, "m.model.lock.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ProfilesThatAreAcceptedAtTheSameTimeAreAllThere()
    {
        string[] names = [.. Enumerable.Range(0, 24).Select(index => $"profile-{index:00}")];

        Parallel.ForEach(names, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, name => LockAcceptance.Accept(Lock, Form with { Profile = name }));

        ModelLockFile.Read(Lock)!.Profiles.Select(form => form.Profile).ShouldBe(names);
        Directory.GetFiles(_folder.Path).ShouldBe([Lock], "nothing else is left beside the model");
    }

    [Fact]
    public void AnotherReadingOfTheClockAloneChangesNoByte()
    {
        LockAcceptance.Accept(Lock, Form).IsChanged.ShouldBeTrue();
        var text = File.ReadAllText(Lock);

        LockAcceptance.Accept(Lock, Form with { LatencyRatio = 1.4 }).IsChanged.ShouldBeFalse();
        File.ReadAllText(Lock).ShouldBe(text);
        LockAcceptance.Accept(Lock, Form with { LatencyRatio = 1.4, Bytes = 9 }).Content.For("portable")!.LatencyRatio.ShouldBe(1.4);
    }

    [Fact]
    public void LineEndsOfACheckoutStay()
    {
        LockAcceptance.Accept(Lock, Form);
        var text = File.ReadAllText(Lock);
        File.WriteAllText(Lock, text.ReplaceLineEndings("\r\n"));

        LockAcceptance.Accept(Lock, Form with { Profile = "linux-x64" });

        var changed = File.ReadAllText(Lock);
        changed.ReplaceLineEndings("\n").ReplaceLineEndings("\r\n").ShouldBe(changed, "each line ends as the checkout's did");
        ModelLockFile.Read(Lock)!.Profiles.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{ \"version\": 7 }")]
    [InlineData("<<<<<<< HEAD")]
    public void WhatCannotBeReadIsWrittenAnew(string text)
    {
        File.WriteAllText(Lock, text);

        var accepted = LockAcceptance.Accept(Lock, Form);

        (accepted.IsChanged, accepted.IsRewritten).ShouldBe((true, true));
        ModelLockFile.Read(Lock).ShouldBe(ModelLock.Empty.With(Form));
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsSaid() =>
        Diagnosed.By(DiagnosticRules.OutputUnwritable, () => LockAcceptance.Accept(Path.Combine(_folder.Path, "gone", "m.model.lock.json"), Form));
}
