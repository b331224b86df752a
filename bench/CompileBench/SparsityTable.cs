using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace CompileBench;

/// <summary>
/// Prunes single weights in the compiler's way and in others that leave out one of its ideas, and prints what is left of the accuracy and of the compressed
/// file. What ways are chosen by is the divergence on held-out calibration samples, not the accuracy on the evaluation's.
/// </summary>
internal static class SparsityTable
{
    private static readonly WeightRecipe Half = new() { Ratio = 0.5 };
    private static readonly WeightRecipe TwoOfFour = Half with { Placement = ZeroPlacement.TwoOfFour };

    private static readonly (string Name, WeightRecipe Recipe)[] Recipes =
    [
        ("weights 30 %, ours", Half with { Ratio = 0.3 }),
        ("weights 40 %, ours", Half with { Ratio = 0.4 }),
        ("weights 50 %, ours", Half),
        ("weights 50 %, selection: second order", Half with { Selection = WeightSelection.SecondOrder }),
        ("weights 50 %, selection: magnitude", Half with { Selection = WeightSelection.Magnitude }),
        ("weights 50 %, allocation: uniform", Half with { Allocation = WeightAllocation.Uniform }),
        ("weights 50 %, magnitude alone", Half with { Selection = WeightSelection.Magnitude, Allocation = WeightAllocation.Uniform, Kept = KeptWeights.Unchanged }),
        ("weights 2:4, ours", TwoOfFour),
        ("weights 2:4, selection: second order", TwoOfFour with { Selection = WeightSelection.SecondOrder }),
        ("weights 2:4, magnitude alone", TwoOfFour with { Selection = WeightSelection.Magnitude, Kept = KeptWeights.Unchanged }),
        ("weights 2:4 in 40 %, ours", TwoOfFour with { Ratio = 0.2 }),
    ];

    public static void Print(IEnumerable<BenchCase> rows, DataFolder data, string? only)
    {
        var recipes = Recipes.Where(recipe => only is null || recipe.Name.Contains(only, StringComparison.Ordinal)).ToArray();
        if (recipes.Length == 0)
            return;
        Console.WriteLine("| model, way | zeros | accuracy | drop | zipped ÷ zipped | zipped ÷ file | divergence, held out | dB, held out | s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            Print(row, data, recipes);
    }

    private static void Print(BenchCase row, DataFolder data, IEnumerable<(string Name, WeightRecipe Recipe)> recipes)
    {
        var path = row.ModelIn(data);
        using var original = OrtModel.Load(path);
        var signature = DataModel.Of(ModelDescriber.Describe(path, SignatureReader.Read(path), row.Options, _ => { }));
        var evaluation = new KeptDataSet(DataSet.Open(row.Evaluation!(data), signature), 512L << 20);
        var samples = PruningSamples.Of(new KeptDataSet(DataSet.Open(row.Calibration!(data), signature), 512L << 20), 2000, areTypical: true);
        var detections = DetectorFinder.Find(path, signature, original, evaluation, _ => { });
        using var model = OnnxReader.Read(path);
        Pipelines.RunSimplify(model, new PassContext());
        var heldOut = new OutputDistortion(model, samples.HeldOut);
        var (file, zipped) = (new FileInfo(path).Length, CompressedSize.OfFile(path));
        foreach (var (name, recipe) in recipes)
        {
            var begun = System.Diagnostics.Stopwatch.StartNew();
            var sparse = WeightPruning.Prune(model, recipe, samples, new PassContext());
            var seconds = begun.Elapsed.TotalSeconds;
            using var pruned = sparse.Model;
            using var running = OrtModel.Load(pruned);
            var accuracy = SideBySide.Run(original, running, evaluation.Samples(), OutputMetrics.For(detections, evaluation)).Accuracy!;
            var bytes = CompressedSize.Of(OnnxWriter.ToBytes(pruned));
            var noise = heldOut.Of(pruned);
            var divergence = heldOut.WithClassesOf(pruned) - noise;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(row.Model)}, {name} | {sparse.ShareOfZeros * 100:0.00} % | {accuracy.Compiled * 100:0.00} | {accuracy.Drop * 100:0.00} | {(double)bytes / zipped:0.000} | {(double)bytes / file:0.000} | {(divergence > 0 ? divergence.ToString("0.0000", CultureInfo.InvariantCulture) : "–")} | {-10 * Math.Log10(noise):0.0} | {seconds:0} |"));
        }
    }
}
