using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Scalars of another value's element type: what was a float attribute for any type becomes an input that must match.</summary>
internal static class ScalarLike
{
    public static Tensor Of(Value? data, float value, InferredTypes types) => (data is null ? ElementType.Undefined : types.ElementOf(data)) switch
    {
        ElementType.Float32 => Tensor.Scalar(value),
        ElementType.Float16 => Tensor.Scalar((Half)value),
        ElementType.Float64 => Tensor.Scalar((double)value),
        ElementType.Undefined => throw new NotLiftableException("the element type of its input is not known"),
        var other => throw new NotLiftableException($"a number for elements of type {other.OnnxName()} was not allowed before"),
    };
}
