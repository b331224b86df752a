using ModelCompiler.Compilation.Gate;

namespace ModelCompiler.Compilation.Pruning;

/// <summary>As little as keeps the budgets of size and latency.</summary>
/// <param name="budgets">At least one of the two is set.</param>
internal sealed class UntilSmallAndFastEnough(Budgets budgets) : IPruningGoal
{
    public IReadOnlyList<double> Ratios { get; } = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Rounding makes it smaller and faster.</summary>
    public string? RefuseInFloat(Shipment inFloat) => null;

    public string? Refuse(Shipment shipment)
    {
        var (candidate, evidence) = shipment.Trial;
        if (budgets.MaxSize is { } size && candidate.Bytes > size)
            return $"it has {Text.Bytes(candidate.Bytes)}, over MaxSize={Text.Bytes(size)}";
        return budgets.MaxLatency is { } latency && evidence.Compiled is { } time && time.MedianUs > latency.TotalMicroseconds
            ? $"it takes {Text.Microseconds(time.MedianUs)}, over MaxLatency={Text.Microseconds(latency.TotalMicroseconds)}"
            : null;
    }
}
