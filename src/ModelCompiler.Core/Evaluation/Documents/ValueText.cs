using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Inputs and outputs in a line each.</summary>
internal static class ValueText
{
    /// <summary><c>data: float[1,3,224,224]</c>; the type alone where no rank is declared.</summary>
    public static string Of(ValueSignature value) => value switch
    {
        { Kind: not ValueKind.Tensor } => $"{value.Name}: {value.TypeText}",
        { Shape: { } shape } => $"{value.Name}: {value.ElementType.OnnxName()}[{string.Join(",", shape)}]",
        _ => $"{value.Name}: {value.ElementType.OnnxName()}",
    };
}
