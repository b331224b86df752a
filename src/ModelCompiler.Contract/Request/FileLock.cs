namespace ModelCompiler.Contract;

/// <summary>
/// Lets one process at a time do a thing, by a file that it keeps open. The operating system gives the lock back when the process ends, however it ends;
/// the file itself stays and means nothing.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What "somebody else has it" is called: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows, EWOULDBLOCK of Linux and of Apple's systems.</summary>
    private static readonly int[] TakenCodes = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock as soon as nobody has it. Null where the file cannot be made, on read-only storage for example: then nobody can be waited for.</summary>
    /// <param name="path">The file; its folder is made where it does not exist.</param>
    /// <param name="waiting">Called once if somebody has the lock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FileLock? Take(string path, Action? waiting = null, CancellationToken cancellationToken = default)
    {
        var taken = TryTake(path, out var isTaken);
        if (isTaken)
            waiting?.Invoke();
        while (isTaken)
        {
            if (cancellationToken.WaitHandle.WaitOne(Pause))
                cancellationToken.ThrowIfCancellationRequested();
            taken = TryTake(path, out isTaken);
        }

        return taken;
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    private static FileLock? TryTake(string path, out bool isTaken)
    {
        isTaken = false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            isTaken = TakenCodes.Contains(exception.HResult);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
