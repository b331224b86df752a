using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Operators whose later inputs are constants: axes, shapes, indices.</summary>
internal static class ConstantOperands
{
    /// <summary>One node with one output, on the inputs in the order given and constants behind them; null leaves an input out.</summary>
    public static GradientCheck.Network Operator(string opType, Tensor?[] constants, params (string Name, AttributeValue Value)[] attributes) => Several(opType, 1, constants, attributes);

    /// <summary>One node with several outputs.</summary>
    public static GradientCheck.Network Several(string opType, int outputs, Tensor?[] constants, params (string Name, AttributeValue Value)[] attributes) => (builder, inputs) => builder.Nodes(
        opType,
        [.. inputs.Values, .. constants.Select(constant => constant is null ? null : builder.Initializer("constant", constant))],
        outputs,
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));

    /// <summary>Sizes from 1 to 4, or to what is said.</summary>
    public static long[] Sizes(Random random, int rank, int largest = 4) => [.. Enumerable.Range(0, rank).Select(_ => (long)random.Next(1, largest + 1))];

    /// <summary>Some of the axes, counted from the front or from behind, in any order.</summary>
    public static long[] SomeAxes(Random random, int rank)
    {
        var axes = Enumerable.Range(0, rank).Select(axis => (long)(random.Next(2) == 0 ? axis : axis - rank)).ToArray();
        random.Shuffle(axes);
        return axes[..random.Next(1, rank + 1)];
    }
}
