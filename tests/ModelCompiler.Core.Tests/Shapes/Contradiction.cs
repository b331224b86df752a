using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Shapes;

/// <summary>Where an inferred type says something that a run disproves.</summary>
internal static class Contradiction
{
    public static IEnumerable<string> Of(Value value, TensorType? inferred, TensorType observed)
    {
        if (inferred is null)
            yield break;
        if (inferred.Element != ElementType.Undefined && inferred.Element != observed.Element)
            yield return $"{value.Producer} '{value.Name}' inferred as {inferred}, is {observed}";
        if (inferred.Shape is { } shape && !Fits(shape, observed.Shape!))
            yield return $"{value.Producer} '{value.Name}' inferred as {inferred}, is {observed}";
    }

    private static bool Fits(Shape inferred, Shape observed) =>
        inferred.Rank == observed.Rank && inferred.Zip(observed).All(pair => pair.First.Size is not { } size || size == pair.Second.Size);
}
