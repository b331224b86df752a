namespace ModelCompiler.Compilation.Pruning;

/// <summary>The ratio that the project asks for, or as much of it as keeps the accuracy budget.</summary>
/// <param name="asked">Above 0 and below 1.</param>
internal sealed class AsFarAsAccuracyAllows(double asked) : IPruningGoal
{
    public IReadOnlyList<double> Ratios { get; } = [asked, 0.75 * asked, 0.5 * asked, 0.25 * asked, 0];

    public string? RefuseInFloat(Shipment inFloat) => Refuse(inFloat);

    public string? Refuse(Shipment shipment) =>
        shipment.Trial.Evidence.Comparison is { } comparison ? shipment.Acceptance.ReasonInBudget(comparison) : null;
}
