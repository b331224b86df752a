using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests;

/// <summary>Runs two models on the same inputs and says how far their outputs are apart.</summary>
internal static class ModelOutputs
{
    /// <summary>The greatest |a − b| / max |a| of any output, on seeded noise; sizes that the model leaves open are 1.</summary>
    public static double MaxRelativeError(Model original, Model other)
    {
        var worst = 0.0;
        foreach (var (name, (expected, actual)) in RunBoth(original, other, NoiseFor(original)))
        {
            var scale = Math.Max(expected.Max(Math.Abs), 1e-6f);
            worst = Math.Max(worst, expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / scale);
        }

        return worst;
    }

    /// <summary>Signal to noise in dB over all outputs together.</summary>
    public static double SqnrDb(Model original, Model other, params IReadOnlyList<IReadOnlyDictionary<string, Tensor>> samples)
    {
        var (signal, noise) = (0.0, 0.0);
        using var first = OrtModel.Load(OnnxWriter.ToBytes(original));
        using var second = OrtModel.Load(OnnxWriter.ToBytes(other));
        foreach (var sample in samples)
        {
            foreach (var (name, expected) in first.Run(sample))
            {
                var actual = second.Run(sample, [name])[name].ToFloats();
                var floats = expected.ToFloats();
                signal += floats.Sum(value => (double)value * value);
                noise += floats.Zip(actual, (a, b) => (double)(a - b) * (a - b)).Sum();
            }
        }

        return 10 * Math.Log10(signal / Math.Max(noise, double.Epsilon));
    }

    public static Dictionary<string, Tensor> NoiseFor(Model model, int seed = 3)
    {
        var random = new Random(seed);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var input in model.Graph.RequiredInputs)
        {
            var dims = input.Shape!.Select(dimension => dimension.Size ?? 1).ToArray();
            var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
            for (var i = 0; i < values.Length; i++)
                values[i] = (random.NextSingle() * 2) - 1;
            input.TensorType!.Element.ShouldBe(ElementType.Float32);
            inputs[input.Name] = Tensor.Of(values, dims);
        }

        return inputs;
    }

    private static IEnumerable<(string Name, (float[] Expected, float[] Actual) Pair)> RunBoth(Model original, Model other, Dictionary<string, Tensor> inputs)
    {
        using var first = OrtModel.Load(OnnxWriter.ToBytes(original));
        using var second = OrtModel.Load(OnnxWriter.ToBytes(other));
        var actual = second.Run(inputs);
        foreach (var (name, expected) in first.Run(inputs))
            yield return (name, (expected.ToFloats(), actual[name].ToFloats()));
    }
}
