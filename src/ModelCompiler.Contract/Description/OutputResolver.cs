namespace ModelCompiler.Contract;

/// <summary>Decides what the numbers of each output mean.</summary>
internal sealed class OutputResolver(string file, ModelSignature signature, Action<ModelDiagnostic> report)
{
    /// <summary>Each output with the kind that the project gives it; raw where it says none.</summary>
    public IReadOnlyList<ManifestOutput> Said(EquatableArray<OutputBinding> said)
    {
        foreach (var binding in said)
        {
            if (signature.Outputs.All(output => output.Name != binding.Output))
                throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(file, $"The output '{binding.Output}'", $"its outputs are: {string.Join(", ", signature.Outputs.Select(output => output.Name))}"));
        }
        return [.. signature.Outputs.Select(output => Said(output, said.FirstOrDefault(binding => binding.Output == output.Name)))];
    }

    private static ManifestOutput Said(ValueSignature output, OutputBinding? binding) => new(output, binding?.Kind ?? OutputKind.Raw) { Temperature = binding?.Temperature };

    /// <summary>Finds the class scores of a classifier whose outputs nothing is said of.</summary>
    public IReadOnlyList<ManifestOutput> Resolve(ModelTask task, EquatableArray<OutputBinding> said)
    {
        var outputs = Said(said).ToArray();
        if (task == ModelTask.Classification && outputs.All(output => output.Kind is OutputKind.Raw) && said.Count == 0)
            GuessClassScores(outputs);
        return outputs;
    }

    private void GuessClassScores(ManifestOutput[] outputs)
    {
        var index = Array.FindIndex(outputs, output => output.Value is { Kind: ValueKind.Tensor, ElementType: ElementType.Float32 or ElementType.Float16 or ElementType.Float64 });
        if (index < 0)
            throw new DiagnosticException(DiagnosticRules.OptionDoesNotFit.Create(file, "Task=\"Classification\"", "none of its outputs is a tensor of scores"));
        var operatorType = signature.OutputOperators.Count > index ? signature.OutputOperators[index] : "";
        // A sigmoid's scores are neither: they do not sum to one, and softmax would distort them.
        var kind = operatorType switch
        {
            "Softmax" => OutputKind.Probabilities,
            "Sigmoid" or "HardSigmoid" => OutputKind.Raw,
            _ => OutputKind.Logits,
        };
        outputs[index] = outputs[index] with { Kind = kind };
        report(DiagnosticRules.Guessed.Create(
            file,
            $"The kind of the output '{outputs[index].Value.Name}'",
            OptionWords.Word(kind),
            operatorType.Length == 0 ? "the task" : $"the operator {operatorType} that computes it"));
    }
}
