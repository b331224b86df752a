using ModelCompiler.Graphs;

namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>A layer that can be computed in integers or in float.</summary>
/// <param name="Node">A Conv, Gemm or MatMul with a constant weight.</param>
/// <param name="Macs">Multiply-accumulates of one sample.</param>
/// <param name="FloatTime">In picoseconds, by the profile's costs.</param>
/// <param name="IntegerTime">In picoseconds, by the profile's costs.</param>
internal sealed record Layer(Node Node, long Macs, double FloatTime, double IntegerTime)
{
    /// <summary>By which it is known in every copy of the model.</summary>
    public string Name => Node.Outputs[0]!.Name;
}

/// <summary>A value that one layer makes (perhaps through operators without weights) and another one reads.</summary>
/// <param name="From">Null for what is float anyway: an input of the model, or a layer that cannot be integer.</param>
/// <param name="To">Null for what is float anyway.</param>
/// <param name="Time">Of converting it, in picoseconds, where only one end is integer.</param>
internal sealed record Crossing(Layer? From, Layer? To, double Time);
