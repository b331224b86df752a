namespace ModelCompiler.Contract;

/// <summary>What a model is, from its own signature and what the project says of it: the basis of its class and of how its data is prepared.</summary>
/// <param name="Task">Never "auto".</param>
/// <param name="Inputs">With the sizes of <c>Dims</c> filled in.</param>
/// <param name="Outputs">With the sizes of <c>Dims</c> filled in.</param>
/// <param name="Labels">One for each class; empty when none were given.</param>
public sealed record ModelDescription(
    ModelTask Task,
    EquatableArray<ManifestInput> Inputs,
    EquatableArray<ManifestOutput> Outputs,
    EquatableArray<string> Labels);
