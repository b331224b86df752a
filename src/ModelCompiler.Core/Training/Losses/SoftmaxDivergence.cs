using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Training.Losses;

/// <summary>
/// Kullback–Leibler divergence of class probabilities, softened by a temperature T (Hinton, Vinyals and Dean 2015, arXiv:1503.02531):
/// L = T² ÷ rows · Σ p·(ln p − ln q) with p = softmax(t ÷ T), q = softmax(s ÷ T), so that ∂L/∂s = T ÷ rows · (q − p).
/// </summary>
/// <param name="axis">Of the classes.</param>
/// <param name="temperature">T; 1 compares the probabilities themselves.</param>
internal sealed class SoftmaxDivergence(long axis, float temperature) : ILoss
{
    public (Value Loss, Value Gradient) Write(GradientWriter make, Value student, Value teacher, long[] dims)
    {
        var rows = dims.Aggregate(1L, (product, size) => product * size) / dims[NodeShapes.Axis(axis, dims.Length)];
        var logP = make.Node("LogSoftmax", [make.Mul(teacher, 1 / temperature)], ("axis", axis));
        var logQ = make.Node("LogSoftmax", [make.Mul(student, 1 / temperature)], ("axis", axis));
        var p = make.Node("Exp", logP);
        var sum = make.Node("ReduceSum", [make.Mul(p, make.Sub(logP, logQ))], ("keepdims", 0));
        return (make.Mul(sum, temperature * temperature / rows), make.Mul(make.Sub(make.Node("Exp", logQ), p), temperature / rows));
    }
}
