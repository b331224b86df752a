using System.Diagnostics;
using ModelCompiler.Cost;
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
        Console.WriteLine("| model | way | zeros | accuracy | drop | zipped ÷ zipped | zipped ÷ file | divergence, held out | dB, held out | took |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            using var subject = new PruningSubject(row, data);
            foreach (var (name, recipe) in recipes)
                Print(subject, name, recipe);
        }
    }

    private static void Print(PruningSubject subject, string name, WeightRecipe recipe)
    {
        var begun = Stopwatch.GetTimestamp();
        var sparse = WeightPruning.Prune(subject.Model, recipe, subject.Samples, new PassContext());
        var took = Stopwatch.GetElapsedTime(begun);
        using var pruned = sparse.Model;
        var verdict = subject.Judge(pruned);
        var bytes = (double)CompressedSize.Of(OnnxWriter.ToBytes(pruned));
        string[] cells =
        [
            subject.Name, name, Number($"{sparse.ShareOfZeros * 100:0.00} %"), Number($"{verdict.Accuracy.Compiled * 100:0.00}"), Number($"{verdict.Accuracy.Drop * 100:0.00}"),
            Number($"{bytes / CompressedSize.OfFile(subject.Path):0.000}"), Number($"{bytes / new FileInfo(subject.Path).Length:0.000}"),
            verdict.Divergence > 0 ? Number($"{verdict.Divergence:0.0000}") : "–", Number($"{verdict.NoiseDb:0.0}"), Number($"{took.TotalSeconds:0} s"),
        ];
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    private static string Number(FormattableString text) => FormattableString.Invariant(text);
}
