using System.Globalization;
using CompileBench;
using ModelCompiler.Compilation;
using ModelCompiler.Profiles;

// Compiles real models and prints one table. The models and data lie beside the repository (see --data); nothing of them is part of it.
//   dotnet run -c Release --project bench/CompileBench -- --data ../shared/data [--only squeezenet] [--markdown docs/benchmarks.md]
var root = Argument("--data") ?? Path.Combine("..", "shared", "data");
if (!Directory.Exists(root))
{
    Console.Error.WriteLine($"There is no folder '{root}'. Give the folder with models and data as --data.");
    return 1;
}

using var data = new DataFolder(Path.GetFullPath(root));
var profile = HardwareProfiles.Read(HostIdentifier.Current);
var lines = new List<string>
{
    $"{Host.Cpu}, one thread, {profile.Name}, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Original and compiled model run in turn, A B A B …; speed is original ÷ compiled.",
    "",
    BenchRow.Header,
};
lines.ForEach(Console.WriteLine);
foreach (var row in BenchCase.All.Where(row => row.Name.Contains(Argument("--only") ?? "", StringComparison.Ordinal)))
{
    var line = BenchRow.Of(row, Compile(row));
    Console.WriteLine(line);
    lines.Add(line);
}

if (Argument("--markdown") is { } markdown)
    BenchPage.Replace(markdown, lines);
return 0;

CompileResult Compile(BenchCase row) => ModelCompilation.Compile(
    new CompileJob
    {
        Model = row.Make?.Invoke(data) ?? data.Path(row.Model),
        Name = Path.GetFileNameWithoutExtension(row.Model),
        OutputDirectory = data.Outputs.FullName,
        Profile = profile,
        Options = row.Options with
        {
            Compile = row.Options.Compile with { Precision = row.Precision, Calibration = row.Calibration?.Invoke(data), Evaluation = row.Evaluation?.Invoke(data) },
        },
    },
    new Silent());

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : null;
