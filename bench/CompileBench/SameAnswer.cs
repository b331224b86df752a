using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;

namespace CompileBench;

/// <summary>
/// Compares the int8 models' answers on this processor with those on one that has AVX2 but no VNNI, emulated by QEMU: the program starts itself
/// again behind the emulator, which is 40 to 250 times slower.
/// </summary>
internal static class SameAnswer
{
    private const string Emulator = "qemu-x86_64-static";
    private const string Evaluate = "--evaluate";

    /// <summary>User-mode QEMU crashes now and then on code that .NET maps twice, replaces while it runs, or stops to collect memory.</summary>
    private static readonly string[] Crashes = ["DOTNET_EnableWriteXorExecute", "DOTNET_TieredCompilation", "DOTNET_gcConcurrent"];

    /// <summary>What a run is to evaluate that was started for nothing else: two models and the samples; null for any other run.</summary>
    public static (string Original, string Compiled, string Samples)? Asked(string[] args) =>
        Array.IndexOf(args, Evaluate) is >= 0 and var place && args.Length > place + 3 ? (args[place + 1], args[place + 2], args[place + 3]) : null;

    /// <summary>Prints signal to noise and agreement with fp32.</summary>
    public static void PrintFidelity(string originalPath, string compiledPath, string samples)
    {
        using var original = OrtModel.Load(originalPath);
        using var compiled = OrtModel.Load(compiledPath);
        var set = DataSet.Open(samples, ModelOf(originalPath, ModelOptions.None));
        var fidelity = SideBySide.Run(original, compiled, set.Samples()).Fidelity;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fidelity.SqnrDb:0.0} dB{(fidelity.Top1Agreement is { } agreement ? $", {agreement * 100:0.0} %" : "")}"));
    }

    public static void PrintTable(IEnumerable<BenchCase> rows, DataFolder data, int samples)
    {
        Console.WriteLine($"| model, precision (n={samples}) | {Host.Cpu} | emulated Haswell |\n|---|---|---|");
        foreach (var row in rows.Where(row => row.Precision == "int8" && (row.Evaluation ?? row.Calibration) is not null))
        {
            if (new Compiler(data).Compile(row).AssetPath is not { } compiled)
                continue;
            var set = DataSet.Open((row.Evaluation ?? row.Calibration)!(data), ModelOf(row.ModelIn(data), row.Options));
            string[] self = [typeof(SameAnswer).Assembly.Location, "--data", data.Root, Evaluate, row.ModelIn(data), compiled, data.Tensors(row.Name, set.Samples(samples))];
            Console.WriteLine($"| {row.Name} | {Run(DotNet, self)} | {Run(Emulator, ["-cpu", "Haswell", DotNet, .. self])} |");
        }
    }

    private static DataModel ModelOf(string path, ModelOptions options) => DataModelOf(ModelDescriber.Describe(path, SignatureReader.Read(path), options, _ => { }));

    private static DataModel DataModelOf(ModelDescription description) =>
        new(description.Inputs, [.. description.Outputs.Select(output => output.Value)], description.Labels);

    /// <summary>The host that runs this program: the emulator wants the file itself, not a link to it.</summary>
    private static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var crash in Crashes)
            start.Environment[crash] = "0";
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // warnings of instructions that the emulator lacks
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : $"failed with exit code {process.ExitCode}";
    }
}
