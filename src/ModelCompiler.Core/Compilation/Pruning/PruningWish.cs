using ModelCompiler.Contract;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.Pruning;

/// <summary>What a project asks of pruning.</summary>
/// <param name="Method">What goes.</param>
/// <param name="Ratio">How much of it, above 0 and below 1; null for as little as keeps <c>MaxSize</c> and <c>MaxLatency</c>.</param>
internal sealed record PruningWish(PruningMethod Method, double? Ratio)
{
    /// <summary>Null where nothing is to be pruned.</summary>
    /// <exception cref="DiagnosticException">MC0003: no ratio and no budget that could take its place, or a ratio that leaves nothing; MC3008 the method is not available.</exception>
    public static PruningWish? Of(CompileJob job)
    {
        var options = job.Options.Compile;
        if (options.Pruning is null or "none" || !job.Optimize)
            return null;
        var method = PruningMethods.Find(options.Pruning)
            ?? throw new DiagnosticException(DiagnosticRules.NotAvailable.Create(job.Model, $"Pruning=\"{options.Pruning}\"", $"Use {string.Join(", ", PruningMethods.All.Select(known => known.Name))}, or leave Pruning out."));
        var ratio = options.PruningRatio is { } text ? Quantity.Fraction(text) : null;
        if (ratio is 0)
            return null;
        if (ratio >= 1 || (ratio is null && options.MaxSize is null && options.MaxLatency is null))
            throw new DiagnosticException(DiagnosticRules.MetadataInvalid.Create(job.Model, "PruningRatio", options.PruningRatio ?? "", Allowed));
        return new PruningWish(method, ratio);
    }

    private const string Allowed = "a share below 1, such as 30% or 0.3, or leave it out and set MaxSize or MaxLatency, which pruning then goes for";
}
