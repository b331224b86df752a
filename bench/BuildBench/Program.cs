using System.Globalization;
using ModelCompiler.Bench;

// What models add to a build in which nothing changed: the same project with its models and with ModelCompilerEnabled=false, built in turn by processes of their own.
// Run it on a quiet machine: dotnet run -c Release --project bench/BuildBench
const int Models = 20;
const int Inspected = 10;
const int Rounds = 15;

var folder = Directory.CreateTempSubdirectory("build-bench-");
try
{
    var package = BenchPackage.Pack(folder);
    var with = new BenchProject(package, "with", Models, "");
    var without = new BenchProject(package, "without", Models, "<ModelCompilerEnabled>false</ModelCompilerEnabled>");
    var inspected = new BenchProject(package, "inspected", Inspected, "");
    foreach (var project in new[] { with, without, inspected })
        project.Build("-restore");

    // The first no-op build still looks at what the build before it wrote.
    with.Build();
    without.Build();
    var (models, plain) = (new List<double>(), new List<double>());
    for (var round = 0; round < Rounds; round++)
    {
        models.Add(with.Build().Milliseconds);
        plain.Add(without.Build().Milliseconds);
    }

    var (tasks, looks) = (new List<double>(), new List<double>());
    for (var round = 0; round < Rounds; round++)
    {
        var build = with.Build("-clp:PerformanceSummary");
        tasks.Add(build.MillisecondsOf("_InspectModels") + build.MillisecondsOf("CompileModels"));
        inspected.ChangeModels();
        looks.Add(inspected.Build("-t:InspectModels", "-clp:PerformanceSummary").MillisecondsOf("_InspectModels"));
    }

    Console.WriteLine($"| what (n={Rounds}, one process a build) | median | from | to |");
    Console.WriteLine("|---|---|---|---|");
    Print($"no-op build, {Models} models", models);
    Print("no-op build, ModelCompilerEnabled=false", plain);
    Print("difference of each pair", models.Zip(plain, (one, other) => one - other));
    Print("of it, the targets InspectModels and CompileModels", tasks);
    Print($"InspectModels of {Inspected} models that changed", looks);
}
finally
{
    folder.Delete(recursive: true);
}

static void Print(string what, IEnumerable<double> milliseconds)
{
    double[] sorted = [.. milliseconds.Order()];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted[sorted.Length / 2]:0} ms | {sorted[0]:0} | {sorted[^1]:0} |"));
}
