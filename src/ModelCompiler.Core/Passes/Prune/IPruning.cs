using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A model that was looked at, and can be had without more and more of itself.</summary>
internal interface IPruning
{
    /// <summary>What there is less of, for people: <c>multiply-accumulates</c>.</summary>
    string Unit { get; }

    /// <summary>Whether what goes stays as zeros among the weights, which must then stay zeros.</summary>
    bool LeavesZeros { get; }

    /// <summary>Why there is nothing that can go, for people; null where there is.</summary>
    string? NothingToPrune { get; }

    /// <summary>A copy of the model without a share of it, or a little more, repaired; null where so much cannot go.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <param name="context">Every edit goes through it.</param>
    SmallerModel? Without(double share, PassContext context);
}

/// <param name="Model">The smaller model; its inputs and outputs are those of the whole one.</param>
/// <param name="Removed">The share that really went.</param>
internal sealed record SmallerModel(Model Model, double Removed);
