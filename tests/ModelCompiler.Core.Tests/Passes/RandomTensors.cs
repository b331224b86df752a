using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Passes;

/// <summary>Seeded random inputs for a model.</summary>
internal static class RandomTensors
{
    /// <summary>One tensor for each required input; open sizes become <paramref name="openSize"/>.</summary>
    public static Dictionary<string, Tensor> ForInputs(Model model, int seed, long openSize = 1)
    {
        var random = new Random(seed);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var input in model.Graph.RequiredInputs)
        {
            var type = input.TensorType.ShouldNotBeNull();
            long[] dims = [.. type.Shape.ShouldNotBeNull().Select(size => size.Size ?? openSize)];
            inputs[input.Name] = Of(type.Element, dims, random);
        }

        return inputs;
    }

    /// <summary>Floats in [−1, 1), small integers.</summary>
    public static Tensor Of(ElementType type, long[] dims, Random random)
    {
        var count = (int)dims.Aggregate(1L, (product, size) => product * size);
        return type switch
        {
            ElementType.Float32 => Tensor.Of(Fill(count, () => (float)((random.NextDouble() * 2) - 1)), dims),
            ElementType.Float64 => Tensor.Of(Fill(count, () => (random.NextDouble() * 2) - 1), dims),
            ElementType.Float16 => Tensor.Of(Fill(count, () => (Half)((random.NextDouble() * 2) - 1)), dims),
            ElementType.Int64 => Tensor.Of(Fill(count, () => (long)random.Next(0, 4)), dims),
            ElementType.Int32 => Tensor.Of(Fill(count, () => random.Next(0, 4)), dims),
            ElementType.UInt8 => Tensor.Of(Fill(count, () => (byte)random.Next(0, 256)), dims),
            ElementType.Int8 => Tensor.Of(Fill(count, () => (sbyte)random.Next(-128, 128)), dims),
            ElementType.Bool => Tensor.Of(Fill(count, () => random.Next(2) == 1), dims),
            ElementType.String => Tensor.OfStrings([.. Fill(count, () => (ReadOnlyMemory<byte>)new[] { (byte)random.Next('a', 'f') })], dims),
            _ => throw new NotSupportedException($"no random tensor of {type}"),
        };
    }

    public static Tensor Floats(Random random, params long[] dims) => Of(ElementType.Float32, dims, random);

    private static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = next();
        return values;
    }
}
