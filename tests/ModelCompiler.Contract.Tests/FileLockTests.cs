namespace ModelCompiler.Contract.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelcompiler-lock");

    private string File => Path.Combine(_folder.FullName, "not made yet", "turn");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void NobodyWaitsForALockThatIsFree()
    {
        Take(() => throw new InvalidOperationException("there is nobody to wait for")).ShouldNotBeNull().Dispose();
        Take(() => throw new InvalidOperationException("it was given back")).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task WhoComesSecondIsToldSoAndHasItsTurnAfterTheFirst()
    {
        var first = Take();
        using var waits = new ManualResetEventSlim();
        var second = Task.Run(() => Take(waits.Set));
        waits.Wait(TestContext.Current.CancellationToken);

        second.IsCompleted.ShouldBeFalse();
        first!.Dispose();

        (await second).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public void WaitingCanBeCancelled()
    {
        using var first = Take();
        using var cancelled = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => FileLock.Take(File, cancelled.Cancel, cancelled.Token));
    }

    [Fact]
    public void WhereNoFileCanBeMadeNobodyIsWaitedFor()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "not made yet"), "a file, where a folder should be");

        Take(() => throw new InvalidOperationException("nobody has it")).ShouldBeNull();
    }

    private FileLock? Take(Action? waiting = null) => FileLock.Take(File, waiting, TestContext.Current.CancellationToken);
}
