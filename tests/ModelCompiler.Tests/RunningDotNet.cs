using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace ModelCompiler.Tests;

/// <summary>A dotnet command that goes on until it is told to end, and whose output is read line by line while it does.</summary>
internal sealed class RunningDotNet : IDisposable
{
    /// <summary>Far more than anything here takes: only a line that never comes is waited for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    public RunningDotNet(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Writer.TryWrite(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Writer.TryWrite(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

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
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(deadline.Token);
                _output.AppendLine(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    return _output.ToString(before, _output.Length - before);
            }
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new ShouldAssertException($"No line with '{text}' came. The output was:\n{Output}", exception);
        }
    }

    /// <summary>Ends it with all that it started, and nothing else.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
