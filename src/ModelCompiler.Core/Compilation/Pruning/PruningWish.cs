using ModelCompiler.Contract;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.Pruning;

/// <summary>What a project asks of pruning.</summary>
/// <param name="Method">What goes.</param>
/// <param name="Ratio">How much of it, above 0 and below 1; null for as little as keeps <c>MaxSize</c> and <c>MaxLatency</c>.</param>
internal sealed record PruningWish(PruningMethod Method, double? Ratio)
{
    /// <summary>Null where nothing is to be pruned.</summary>
    /// <exception cref="DiagnosticException">MC0003: no ratio and no budget that could take its place, or a ratio that leaves nothing.</exception>
    public static PruningWish? Of(CompileJob job)
    {
        var options = job.Options.Compile;
        if (options.Pruning is null or "none" || !job.Optimize)
            return null;
        var method = PruningMethods.Find(options.Pruning) ?? throw new InvalidOperationException($"There is no pruning of {options.Pruning}.");
        var ratio = options.PruningRatio is { } text ? Quantity.Fraction(text) : method.UsualRatio;
        if (ratio is 0)
            return null;
        var hasGoal = options.MaxSize is not null || options.MaxLatency is not null;
        if (ratio is null ? hasGoal : ratio < method.MostRatio || ratio == method.UsualRatio)
            return new PruningWish(method, ratio);
        throw new DiagnosticException(DiagnosticRules.MetadataInvalid.Create(job.Model, "PruningRatio", options.PruningRatio ?? "", Allowed(method)));
    }

    private static string Allowed(PruningMethod method) => method.UsualRatio is { } usual
        ? $"a share {(method.MostRatio == usual ? "up to" : "below 1, such as")} {Text.Percent(usual)}, which it is where it is left out"
        : "a share below 1, such as 30% or 0.3, or leave it out and set MaxSize or MaxLatency, which pruning then goes for";
}
