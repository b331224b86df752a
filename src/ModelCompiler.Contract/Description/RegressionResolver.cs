namespace ModelCompiler.Contract;

/// <summary>Decides which output holds what a regression predicts.</summary>
internal sealed class RegressionResolver(string file, EquatableArray<OutputBinding> said, Action<ModelDiagnostic> report)
{
    /// <summary>Whether the project says that there is a prediction.</summary>
    public static bool IsSaid(IReadOnlyList<ManifestOutput> outputs) => outputs.Any(output => output.Kind == OutputKind.Value);

    /// <summary>The outputs with the prediction marked; as they were where it is neither said nor plain.</summary>
    public IReadOnlyList<ManifestOutput> Resolve(IReadOnlyList<ManifestOutput> outputs)
    {
        if (outputs.Count(output => output.Kind == OutputKind.Value) > 1)
            throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(file, "The kinds of its outputs", "a regression has one output of kind value"));
        var floats = outputs.Where(output => output.Value is { Kind: ValueKind.Tensor, ElementType: ElementType.Float32 or ElementType.Float16 or ElementType.Float64 }).ToArray();
        if (said.Count > 0 || floats.Length != 1)
            return outputs;
        report(DiagnosticRules.Guessed.Create(file, $"The kind of the output '{floats[0].Value.Name}'", "value", "being the model's only output of floats"));
        return [.. outputs.Select(output => output == floats[0] ? output with { Kind = OutputKind.Value } : output)];
    }
}
