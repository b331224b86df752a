using System.Text;
using ModelCompiler.Caching;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <summary>Writes accepted forms into a lock. Builds of several profiles at the same time take turns, so that none loses what another wrote.</summary>
internal static class LockAcceptance
{
    /// <param name="path">The lock, whether or not it exists.</param>
    /// <param name="form">What is accepted.</param>
    /// <exception cref="DiagnosticException">MC5002: it cannot be written.</exception>
    public static AcceptedLock Accept(string path, LockedForm form)
    {
        using var turn = FileLock.Take(TurnOf(path));
        var (known, isUnreadable) = Known(path);
        var accepted = known.With(WithoutChance(form, known.For(form.Profile)));
        var isChanged = isUnreadable || accepted != known;
        if (isChanged)
            Write(path, ModelLockFile.Write(accepted));
        return new AcceptedLock(path, accepted, isChanged, isUnreadable);
    }

    /// <summary>Another reading of the clock is no change of the model.</summary>
    private static LockedForm WithoutChance(LockedForm form, LockedForm? known)
    {
        var same = form with { LatencyRatio = known?.LatencyRatio };
        return same == known ? same : form;
    }

    private static (ModelLock Lock, bool IsUnreadable) Known(string path)
    {
        try
        {
            return (ModelLockFile.Read(path) ?? ModelLock.Empty, false);
        }
        catch (DiagnosticException)
        {
            return (ModelLock.Empty, true);   // of another version, or with the marks of a merge in it: whoever accepts wants it anew
        }
    }

    /// <summary>Whole or not at all, with the line ends that a checkout gave it.</summary>
    private static void Write(string path, string text) => OutputFiles.Change(path, () =>
    {
        if (File.Exists(path) && File.ReadAllText(path).Contains("\r\n", StringComparison.Ordinal))
            text = text.ReplaceLineEndings("\r\n");
        var staged = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        try
        {
            File.WriteAllText(staged, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(staged, path, overwrite: true);
        }
        finally
        {
            File.Delete(staged);
        }
    });

    /// <summary>Not beside the lock, where a file that means nothing would be committed with it.</summary>
    private static string TurnOf(string path)
    {
        using var key = new ContentKey();
        return Path.Combine(Path.GetTempPath(), $"ModelCompiler-{Environment.UserName}", "locks", key.Add(Path.GetFullPath(path)).Finish());
    }
}
