using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace CompileBench;

/// <summary>
/// Prunes channels in the compiler's way and in others that leave out one of its ideas, at the same multiply-accumulates, and prints what is left of the accuracy.
/// </summary>
internal static class PruningTable
{
    private static readonly (string Name, PruningRecipe Recipe)[] Recipes =
    [
        ("ours", Recipe()),
        ("selection: L2", Recipe() with { Selection = ChannelSelection.Magnitude }),
        ("selection: random", Recipe() with { Selection = ChannelSelection.Random }),
        ("allocation: local error", Recipe() with { Allocation = ChannelAllocation.LocalError }),
        ("allocation: uniform", Recipe() with { Allocation = ChannelAllocation.Uniform }),
        ("repair: none", Recipe() with { Repair = ChannelRepair.None }),
        ("L2, uniform, least squares", Recipe() with { Selection = ChannelSelection.Magnitude, Allocation = ChannelAllocation.Uniform }),
    ];

    public static void Print(IEnumerable<BenchCase> rows, DataFolder data, double[] ratios, string? only)
    {
        Console.WriteLine("| model, way | " + string.Join(" | ", ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0} % fewer"))) + " |");
        foreach (var row in rows)
        {
            foreach (var (name, recipe) in Recipes.Where(recipe => only is null || recipe.Name.Contains(only, StringComparison.Ordinal)))
                Print(row, data, name, recipe, ratios);
        }
    }

    private static PruningRecipe Recipe() => new() { Widths = new(8, 16) };

    private static void Print(BenchCase row, DataFolder data, string name, PruningRecipe recipe, double[] ratios)
    {
        var path = row.ModelIn(data);
        using var original = OrtModel.Load(path);
        var description = ModelDescriber.Describe(path, SignatureReader.Read(path), row.Options, _ => { });
        var signature = DataModel.Of(description);
        var evaluation = new KeptDataSet(DataSet.Open(row.Evaluation!(data), signature), 512L << 20);
        var calibration = new KeptDataSet(DataSet.Open(row.Calibration!(data), signature), 512L << 20);
        var detections = DetectorFinder.Find(path, signature, original, evaluation, _ => { });
        using var model = OnnxReader.Read(path);
        Pipelines.RunSimplify(model, new PassContext());
        var begun = System.Diagnostics.Stopwatch.StartNew();
        var samples = PruningSamples.Of(calibration, 2000, areTypical: true);
        var pruning = ChannelPruning.Plan(model, recipe, samples);
        var planned = begun.Elapsed.TotalSeconds;
        var cells = new List<string>();
        foreach (var ratio in ratios)
        {
            begun.Restart();
            if (pruning.Without(ratio, new PassContext()) is not { Model: var pruned, Removed: var removed })
            {
                cells.Add("–");
                continue;
            }

            var repaired = begun.Elapsed.TotalSeconds;
            using var running = OrtModel.Load(pruned);
            pruned.Dispose();
            var comparison = SideBySide.Run(original, running, evaluation.Samples(), OutputMetrics.For(detections, evaluation));
            var inputs = evaluation.Samples(1).First().Inputs;
            using var first = original.Bind(inputs);
            using var second = running.Bind(inputs);
            var time = Latency.Compare([first, second])[1].RatioToFirst;
            var accuracy = comparison.Accuracy!;
            cells.Add(string.Create(CultureInfo.InvariantCulture, $"{1 - removed:0.000} macs: {accuracy.Compiled * 100:0.00} (drop {accuracy.Drop * 100:0.00}), time {1 / time:0.00}× ({repaired:0} s)"));
        }

        Console.WriteLine($"| {Path.GetFileNameWithoutExtension(row.Model)}, {name} ({planned:0} s) | {string.Join(" | ", cells)} |");
    }
}
