using System.Globalization;
using CompileBench;

// Compiles real models and prints one table. The models and data lie beside the repository (see --data); nothing of them is part of it.
//   dotnet run -c Release --project bench/CompileBench -- --data ../shared/data [--only squeezenet] [--markdown docs/benchmarks.md]
// With --pruning [--way channels] [--ratios 0.1,0.2] it prunes some of them in the compiler's way and in others that leave out one of its ideas.
// With --distill it trains what pruning and rounding left on the answers of the original.
// With --training-step it measures what a step of that takes beside the model's forward pass.
// With --without-vnni it shows that int8 models answer the same on a processor without VNNI (needs qemu-x86_64-static).
var root = Argument("--data") ?? Path.Combine("..", "shared", "data");
if (!Directory.Exists(root))
{
    Console.Error.WriteLine($"There is no folder '{root}'. Give the folder with models and data as --data.");
    return 1;
}

using var data = new DataFolder(Path.GetFullPath(root));
var rows = BenchCase.All.Where(row => row.Name.Contains(Argument("--only") ?? "", StringComparison.Ordinal));
if (SameAnswer.Asked(args) is { } asked)
{
    SameAnswer.PrintFidelity(asked.Original, asked.Compiled, asked.Samples);
    return 0;
}

if (args.Contains("--without-vnni", StringComparer.Ordinal))
{
    SameAnswer.PrintTable(rows, data, samples: 40);
    return 0;
}

if (args.Contains("--pruning", StringComparer.Ordinal))
{
    var ratios = (Argument("--ratios") ?? "0.1,0.2,0.3").Split(',').Select(ratio => double.Parse(ratio, CultureInfo.InvariantCulture));
    var pruned = BenchCase.Prunable.Where(row => row.Name.Contains(Argument("--only") ?? "", StringComparison.Ordinal)).ToArray();
    PruningTable.Print(pruned, data, [.. ratios], Argument("--way"));
    SparsityTable.Print(pruned, data, Argument("--way"));
    return 0;
}

if (args.Contains("--training-step", StringComparer.Ordinal))
{
    TrainingStepTable.Print(BenchCase.Prunable.Where(row => row.Name.Contains(Argument("--only") ?? "", StringComparison.Ordinal)), data);
    return 0;
}

var compiler = new Compiler(data);
if (args.Contains("--distill", StringComparer.Ordinal))
{
    DistillationTable.Print(BenchCase.Distilled.Where(row => row.Name.Contains(Argument("--only") ?? "", StringComparison.Ordinal)), compiler);
    return 0;
}

var lines = new List<string>
{
    $"{Host.Cpu}, one thread, {compiler.Profile.Name}, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Original and compiled model run in turn, A B A B …; speed is original ÷ compiled.",
    "",
    BenchRow.Header,
};
lines.ForEach(Console.WriteLine);
foreach (var row in rows)
{
    var line = BenchRow.Of(row, compiler.Compile(row));
    Console.WriteLine(line);
    lines.Add(line);
}

if (Argument("--markdown") is { } markdown)
    BenchPage.Replace(markdown, lines);
return 0;

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : null;
