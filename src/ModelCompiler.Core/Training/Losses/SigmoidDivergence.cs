using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Training.Losses;

/// <summary>
/// Kullback–Leibler divergence of independent yes/no probabilities p = σ(t), q = σ(s): L = 1 ÷ batch · Σ p·(ln p − ln q) + (1 − p)·(ln(1 − p) − ln(1 − q)). With
/// −ln σ(x) = softplus(−x) each term is softplus(s) − softplus(t) − p·(s − t), and ∂L/∂s = (q − p) ÷ batch. Certain noes, of which detectors have thousands, cost nothing.
/// </summary>
internal sealed class SigmoidDivergence : ILoss
{
    public (Value Loss, Value Gradient) Write(GradientWriter make, Value student, Value teacher, long[] dims)
    {
        var scale = 1f / dims[0];
        var p = make.Node("Sigmoid", teacher);
        var gain = make.Sub(Softplus(make, student), Softplus(make, teacher));
        var sum = make.Node("ReduceSum", [make.Sub(gain, make.Mul(p, make.Sub(student, teacher)))], ("keepdims", 0));
        return (make.Mul(sum, scale), make.Mul(make.Sub(make.Node("Sigmoid", student), p), scale));
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which never overflows; ONNX Runtime's Softplus takes three times as long.</summary>
    private static Value Softplus(GradientWriter make, Value x)
    {
        var small = make.Node("Exp", make.Neg(make.Node("Abs", x)));
        return make.Add(make.Node("Relu", x), make.Node("Log", make.Add(small, make.Scalar(1))));
    }
}
