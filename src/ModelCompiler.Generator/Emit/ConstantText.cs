using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The value of an input that always has the same, as C# writes it.</summary>
internal static class ConstantText
{
    public static string Of(TensorModel input)
    {
        var value = input.Constant!.Value;
        return input.Type switch
        {
            "bool" => value == 0 ? "false" : "true",
            "float" => SourceText.Literal((float)value),
            "double" => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "d",
            "global::System.Half" or "global::Microsoft.ML.OnnxRuntime.BFloat16" => Cast(input.Type!, SourceText.Literal((float)value)),
            _ => Cast(input.Type!, SourceText.Number((long)value)),
        };
    }

    /// <summary>C# takes the minus of <c>(T)-1</c> for a subtraction.</summary>
    private static string Cast(string type, string literal) => literal[0] == '-' ? $"({type})({literal})" : $"({type}){literal}";
}
