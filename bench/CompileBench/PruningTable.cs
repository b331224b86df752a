using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Passes;

namespace CompileBench;

/// <summary>
/// Prunes channels in the compiler's way and in others that leave out one of its ideas, at the same multiply-accumulates, and prints what is left of the accuracy
/// on the evaluation data, how far the outputs of held-out calibration samples move, and the time. What ways are chosen by are the held-out samples.
/// </summary>
internal static class PruningTable
{
    private static readonly (string Name, PruningRecipe Recipe)[] Recipes =
    [
        ("channels, ours", Recipe()),
        ("channels, selection: L2", Recipe() with { Selection = ChannelSelection.Magnitude }),
        ("channels, selection: random", Recipe() with { Selection = ChannelSelection.Random }),
        ("channels, allocation: local error", Recipe() with { Allocation = ChannelAllocation.LocalError }),
        ("channels, allocation: uniform", Recipe() with { Allocation = ChannelAllocation.Uniform }),
        ("channels, repair: biases", Recipe() with { Repair = ChannelRepair.Biases }),
        ("channels, repair: none", Recipe() with { Repair = ChannelRepair.None }),
        ("channels, L2, uniform, least squares", Recipe() with { Selection = ChannelSelection.Magnitude, Allocation = ChannelAllocation.Uniform }),
    ];

    public static void Print(IEnumerable<BenchCase> rows, DataFolder data, double[] ratios, string? only)
    {
        var recipes = Recipes.Where(recipe => only is null || recipe.Name.Contains(only, StringComparison.Ordinal)).ToArray();
        if (recipes.Length == 0)
            return;
        Console.WriteLine($"| model | way | {string.Join(" | ", ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0} %")))} | took |");
        Console.WriteLine($"|---|---|{string.Concat(ratios.Select(_ => "---|"))}---|");
        foreach (var row in rows)
        {
            using var subject = new PruningSubject(row, data);
            foreach (var (name, recipe) in recipes)
                Print(subject, name, recipe, ratios);
        }
    }

    private static PruningRecipe Recipe() => new() { Widths = new(8, 16) };

    private static void Print(PruningSubject subject, string name, PruningRecipe recipe, double[] ratios)
    {
        var begun = Stopwatch.GetTimestamp();
        var pruning = ChannelPruning.Plan(subject.Model, recipe, subject.Samples);
        var cells = ratios.Select(ratio => pruning.Without(ratio, new PassContext()) is { } smaller ? Cell(subject, smaller) : "–").ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {subject.Name} | {name} | {string.Join(" | ", cells)} | {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s |"));
    }

    private static string Cell(PruningSubject subject, SmallerModel smaller)
    {
        using var pruned = smaller.Model;
        var verdict = subject.Judge(pruned);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{smaller.Removed * 100:0.0} %: {verdict.Accuracy.Compiled * 100:0.00} (−{verdict.Accuracy.Drop * 100:0.00}), {verdict.NoiseDb:0.0} dB, time {verdict.Time:0.00}×");
    }
}
