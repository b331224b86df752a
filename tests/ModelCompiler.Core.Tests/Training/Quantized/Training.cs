using ModelCompiler.Graphs;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Quantized;

namespace ModelCompiler.Tests.Training.Quantized;

/// <summary>What training may do to a student, without the time it takes.</summary>
internal static class Training
{
    /// <summary>A copy in which every weight moved by some of its size, and every scale by some percent.</summary>
    public static Model Moved(Model student, int seed, double weights = 0.2, double scales = 0.05)
    {
        var random = new Random(seed);
        var copy = student.Clone();
        foreach (var weight in TrainableWeights.In(copy.Graph))
        {
            var numbers = weight.Initializer!.ToFloats();
            var size = Math.Sqrt(numbers.Average(number => (double)number * number));
            weight.Initializer = Tensor.Of(Array.ConvertAll(numbers, number => (float)(number + (weights * size * ((2 * random.NextDouble()) - 1)))), weight.Initializer!.Dims);
        }

        foreach (var scale in LearnedScale.In(copy.Graph))
            scale.Factor.Initializer = Tensor.Of(Array.ConvertAll(scale.Factor.Initializer!.ToFloats(), one => (float)(one + (scales * ((2 * random.NextDouble()) - 1)))), scale.Factor.Initializer!.Dims);
        return copy;
    }
}
