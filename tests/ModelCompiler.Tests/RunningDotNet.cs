using System.Diagnostics;
using System.Text;

namespace ModelCompiler.Tests;

/// <summary>A dotnet command that goes on until it is told to end, and whose output is read line by line while it does.</summary>
internal sealed class RunningDotNet(ProcessStartInfo start) : IDisposable
{
    /// <summary>Far more than anything here takes: only a line that never comes is waited for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process = Process.Start(start)!;
    private readonly StringBuilder _output = new();

    /// <summary>What it printed so far, as far as it was waited for.</summary>
    public string Output => _output.ToString();

    /// <summary>Reads on until a line with this text; what was printed since the last such line.</summary>
    public async Task<string> ReadUntil(string text, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        var before = _output.Length;
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                _output.AppendLine(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    return _output.ToString(before, _output.Length - before);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // said below, with what there was to read
        }
        throw new ShouldAssertException($"No line with '{text}' came. The output was:\n{Output}");
    }

    /// <summary>Ends it with all that it started, and nothing else.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
