namespace ModelCompiler.Contract;

/// <summary>The names that a model's file gives rise to.</summary>
public static class ModelNames
{
    /// <summary>Base name of the assets: the file's name with everything that build systems or shells give a meaning to replaced by a hyphen.</summary>
    public static string Asset(string modelPath)
    {
        var name = Path.GetFileNameWithoutExtension(modelPath);
        return string.Concat(name.Select(character => char.IsLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-'));
    }

    /// <summary><c>ClassName</c>, or a name made from the file's.</summary>
    /// <exception cref="DiagnosticException">MC2001 when the file's name has no letter or digit.</exception>
    public static string Class(ModelItem model) =>
        model.Options.ClassName
        ?? Identifiers.PascalCase(Path.GetFileNameWithoutExtension(model.Path))
        ?? throw new DiagnosticException(DiagnosticRules.NoUsableName.Create(model.Path, Path.GetFileName(model.Path)));
}
