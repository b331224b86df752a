namespace ModelCompiler.Compilation.Pruning;

/// <summary>How far a model is pruned.</summary>
internal interface IPruningGoal
{
    /// <summary>The shares that are taken away in turn, until an attempt is not refused; 0 is the whole model.</summary>
    IReadOnlyList<double> Ratios { get; }

    /// <summary>Why a pruned model that is still in float need not be rounded, for people; null where it may be good.</summary>
    string? RefuseInFloat(Shipment inFloat);

    /// <summary>Why the next ratio is to be tried, for people; null where this form is good.</summary>
    string? Refuse(Shipment shipment);
}
