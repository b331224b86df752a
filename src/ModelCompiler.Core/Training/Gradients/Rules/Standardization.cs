using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>x̂ = (x − mean)/√(variance + ε) over some axes of x, computed once more where its gradient needs it.</summary>
/// <param name="make">Writes.</param>
/// <param name="x">Is standardized.</param>
/// <param name="axes">Over these.</param>
/// <param name="dims">Of x.</param>
/// <param name="epsilon">Is added to the variance.</param>
internal sealed class Standardization(GradientWriter make, Value x, long[] axes, long[] dims, float epsilon)
{
    private Value? _inverse;
    private Value? _value;

    /// <summary>x̂.</summary>
    public Value Value => _value ??= Standardized();

    /// <summary>The gradient of x from that of x̂: (g − mean(g) − x̂·mean(g·x̂))/√(variance + ε).</summary>
    public Value Gradient(Value g)
    {
        var along = make.Mul(Value, Mean(make.Mul(g, Value)));
        return make.Mul(make.Sub(make.Sub(g, Mean(g)), along), _inverse!);
    }

    private Value Standardized()
    {
        var centred = make.Sub(x, Mean(x));
        var variance = Mean(make.Mul(centred, centred));
        _inverse = make.Node("Reciprocal", make.Node("Sqrt", make.Add(variance, make.Scalar(epsilon))));
        return make.Mul(centred, _inverse);
    }

    private Value Mean(Value value) => make.Mul(make.SumOver(value, axes), 1f / axes.Aggregate(1L, (count, axis) => count * dims[axis]));
}
