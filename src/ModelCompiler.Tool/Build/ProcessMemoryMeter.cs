using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Graphs;
using ModelCompiler.Tool.Commands;

namespace ModelCompiler.Tool.Build;

/// <summary>Measures a model's memory in another process of this tool.</summary>
/// <param name="nativePaths">Folders in which ONNX Runtime's native library is looked for, first match first.</param>
internal sealed class ProcessMemoryMeter(IReadOnlyList<string> nativePaths) : IMemoryMeter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public long? PeakBytes(string model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            return Ask(MemoryRequest.Of(model, inputs, nativePaths).ToJson());
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return null;   // a machine where no process can be started, or one that ended early: the figure is missing, and the report says so
        }
    }

    private static long? Ask(string request)
    {
        using var process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("No process was started.");
        process.ErrorDataReceived += (_, _) => { };   // what ONNX Runtime warns of was said by the compile
        process.BeginErrorReadLine();
        process.StandardInput.Write(request);
        process.StandardInput.Close();
        var answer = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            return null;
        }

        return long.TryParse(answer.GetAwaiter().GetResult().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    private static ProcessStartInfo StartInfo()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, $"{typeof(ProcessMemoryMeter).Assembly.GetName().Name}.dll");
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet";
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isHost)
            start.ArgumentList.Add(tool);
        start.ArgumentList.Add(MeasureMemoryCommand.Name);
        return start;
    }
}
