using ModelCompiler.Contract;
using ModelCompiler.Profiles;

namespace ModelCompiler.Compilation.Gate;

/// <summary>The limits that a compiled model must keep; null is no limit. A model's own limits win over its profile's.</summary>
/// <param name="MaxAccuracyDrop">A fraction: 0.005 is half a point.</param>
/// <param name="MaxClassDrop">A fraction: what a single class or slice may lose; null where the project says nothing, which <see cref="ClassLimit.Default"/> then judges.</param>
/// <param name="MinAgreement">A fraction: the share of the original's answers that must stay.</param>
/// <param name="MaxSize">Bytes of the asset.</param>
/// <param name="MaxLatency">Median time of one run.</param>
/// <param name="MaxMemory">Bytes at the peak of a run.</param>
public sealed record Budgets(double? MaxAccuracyDrop, double? MaxClassDrop, double? MinAgreement, long? MaxSize, TimeSpan? MaxLatency, long? MaxMemory)
{
    public static Budgets Of(CompileOptions options, ProfileBudgets profile) => new(
        Parse(options.MaxAccuracyDrop ?? profile.MaxAccuracyDrop, Quantity.Fraction),
        Parse(options.MaxClassDrop ?? profile.MaxClassDrop, Quantity.Fraction),
        Parse(options.MinAgreement ?? profile.MinAgreement, Quantity.Fraction),
        Parse(options.MaxSize ?? profile.MaxSize, Quantity.Bytes),
        Parse(options.MaxLatency ?? profile.MaxLatency, Quantity.Duration),
        Parse(options.MaxMemory ?? profile.MaxMemory, Quantity.Bytes));

    private static T? Parse<T>(string? text, Func<string, T?> parse)
        where T : struct => text is null ? null : parse(text);
}
