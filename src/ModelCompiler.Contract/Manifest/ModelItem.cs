namespace ModelCompiler.Contract;

/// <summary>One <c>Model</c> item of a project.</summary>
/// <param name="Path">The model's absolute path.</param>
/// <param name="RootNamespace">The project's root namespace, for classes whose namespace is not said.</param>
/// <param name="Options">Metadata over sidecar.</param>
public sealed record ModelItem(string Path, string RootNamespace, ModelOptions Options);
