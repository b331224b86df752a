namespace ModelCompiler.Contract;

/// <summary>Gives named dimensions the sizes that the project wants: <c>[batch,3,height,width]</c> with <c>batch=1</c> → <c>[1,3,height,width]</c>.</summary>
public static class DimensionBinder
{
    /// <summary>The signature with every binding in place.</summary>
    /// <exception cref="DiagnosticException">MC2003 when no input has a dimension of that name.</exception>
    public static ModelSignature Bind(string file, ModelSignature signature, EquatableArray<DimensionBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            if (!signature.Inputs.Any(input => Has(input, binding.Name)))
                throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(file, $"Dims {binding.Name}={binding.Size}", $"its inputs' named dimensions are: {Names(signature)}"));
        }
        return bindings.Count == 0 ? signature : signature with
        {
            Inputs = new(signature.Inputs.Select(input => Bind(input, bindings))),
            Outputs = new(signature.Outputs.Select(output => Bind(output, bindings))),
        };
    }

    private static ValueSignature Bind(ValueSignature value, EquatableArray<DimensionBinding> bindings) =>
        value.Shape is not { } shape ? value : value with { Shape = new(shape.Select(dimension => Bind(dimension, bindings))) };

    private static Dimension Bind(Dimension dimension, EquatableArray<DimensionBinding> bindings) =>
        bindings.FirstOrDefault(binding => binding.Name == dimension.Name) is { } found ? Dimension.Of(found.Size) : dimension;

    private static bool Has(ValueSignature value, string name) => value.Shape?.Any(dimension => dimension.Name == name) == true;

    private static string Names(ModelSignature signature)
    {
        var names = signature.Inputs.SelectMany(input => input.Shape ?? default).Select(dimension => dimension.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }
}
