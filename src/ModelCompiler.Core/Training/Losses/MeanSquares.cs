using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Training.Losses;

/// <summary>L = w ÷ n · Σ (s − t)², over all n elements: noise power, in the unit that the weight chooses (1 ÷ variance of t makes it noise to signal).</summary>
/// <param name="weight">w, above 0.</param>
internal sealed class MeanSquares(float weight) : ILoss
{
    public (Value Loss, Value Gradient) Write(GradientWriter make, Value student, Value teacher, long[] dims)
    {
        var scale = weight / dims.Aggregate(1L, (product, size) => product * size);
        var difference = make.Sub(student, teacher);
        var loss = make.Mul(make.Node("ReduceSumSquare", [difference], ("keepdims", 0)), scale);
        return (loss, make.Mul(difference, 2 * scale));
    }
}
