using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>Whether a loaded model is the one that a class was generated for.</summary>
internal static class SignatureCheck
{
    /// <exception cref="ModelLoadException">An input or output is absent or of another type or shape.</exception>
    public static void Throw(ModelDefinition definition, InferenceSession session, string name)
    {
        foreach (var spec in definition.Inputs)
            Check(spec, "input", session.InputMetadata, definition, name);
        foreach (var spec in definition.Outputs)
            Check(spec, "output", session.OutputMetadata, definition, name);
        foreach (var extra in session.InputMetadata.Keys.Where(key => definition.Inputs.All(spec => spec.Name != key)))
            throw Differs(definition, name, $"it also wants the input '{extra}'");
    }

    private static void Check(TensorSpec spec, string kind, IReadOnlyDictionary<string, NodeMetadata> values, ModelDefinition definition, string name)
    {
        if (!values.TryGetValue(spec.Name, out var value))
            throw Differs(definition, name, $"it has no {kind} '{spec.Name}', but {string.Join(", ", values.Keys.Select(key => $"'{key}'"))}");
        if (!spec.IsTensor)
            return;
        if (!value.IsTensor || value.ElementDataType != spec.ElementType || !ShapesAgree(spec, value.Dimensions))
            throw Differs(definition, name, $"its {kind} is {Describe(spec.Name, value)}, but {spec} is expected");
    }

    /// <summary>An axis that one side leaves open agrees with any length.</summary>
    private static bool ShapesAgree(TensorSpec spec, int[] actual)
    {
        if (spec.Dimensions is null || spec.Dimensions.Count != actual.Length)
            return spec.Dimensions is null || actual.Length == 0;

        return spec.Dimensions.Zip(actual).All(axes => axes.First < 0 || axes.Second < 0 || axes.First == axes.Second);
    }

    private static string Describe(string name, NodeMetadata value) => value.IsTensor
        ? $"'{name}' {value.ElementDataType.ToString().ToLowerInvariant()} [{TensorShape.Text(Array.ConvertAll(value.Dimensions, axis => (long)axis))}]"
        : $"'{name}', which is no tensor";

    private static ModelLoadException Differs(ModelDefinition definition, string name, string difference) =>
        new($"The model loaded from {name} is not the '{definition.Name}' that the class was generated for: {difference}. Build the app again, or load the right file.");
}
