namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Random small shapes, scalars among them, and operands that broadcast to them.</summary>
internal static class RandomShapes
{
    /// <summary>Of rank 0 to 4, with sizes 1 to 3.</summary>
    public static long[] Next(Random random, int minRank = 0) => [.. Enumerable.Range(0, random.Next(minRank, 5)).Select(_ => random.NextInt64(1, 4))];

    /// <summary>A shape that broadcasts to another: some leading axes are left out, some of the others have size 1.</summary>
    public static long[] Operand(Random random, long[] shape) =>
        [.. shape.Skip(random.Next(4) == 0 ? random.Next(shape.Length + 1) : 0).Select(size => random.Next(3) == 0 ? 1 : size)];
}
