using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>
/// A thread for the runs of one call on a provider that may hang: native code cannot be stopped from outside, but it can be left behind. The thread stays for the call's next run,
/// so that a run costs two signals and no memory.
/// </summary>
internal sealed class RunWatch : IDisposable
{
    // A provider that listens at all ends at its next node.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(2);

    private readonly CallBuffers _buffers;
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly Lock _lock = new();
    private ExceptionDispatchInfo? _error;
    private bool _isDone;
    private bool _leftBehind;
    private bool _ends;

    public RunWatch(CallBuffers buffers)
    {
        _buffers = buffers;
        new Thread(Work) { IsBackground = true, Name = "ModelCompiler run" }.Start();
    }

    /// <summary>Runs the buffers' engine.</summary>
    /// <returns>False where the run does not end: the thread frees the buffers when it ever does.</returns>
    /// <exception cref="TimeoutException">The run ended, but only because it was told to.</exception>
    public bool Run(TimeSpan limit)
    {
        _isDone = false;
        _go.Release();
        if (_done.Wait(limit))
        {
            _error?.Throw();
            return true;
        }

        _buffers.Options.Terminate = true;
        if (!_done.Wait(limit < LongestEnding ? limit : LongestEnding))
        {
            if (LeavesBehind())
                return false;
            _done.Wait();
        }

        _buffers.Options.Terminate = false;
        return _error is null ? true : throw new TimeoutException(_error.SourceException.Message, _error.SourceException);
    }

    public void Dispose()
    {
        _ends = true;
        _go.Release();
    }

    /// <summary>False where the run ended just now.</summary>
    private bool LeavesBehind()
    {
        lock (_lock)
        {
            if (_isDone)
                return false;
            _leftBehind = true;
            return true;
        }
    }

    private void Work()
    {
        while (true)
        {
            _go.Wait();
            if (_ends)
                return;

            _error = Attempt();
            lock (_lock)
            {
                _isDone = true;
                if (_leftBehind)
                    break;
            }

            _done.Release();
        }

        _buffers.Dispose();
    }

    private ExceptionDispatchInfo? Attempt()
    {
        try
        {
            _buffers.Run();
            return null;
        }
        catch (Exception error) when (error is OnnxRuntimeException or OperationCanceledException)
        {
            return ExceptionDispatchInfo.Capture(error);
        }
    }
}
