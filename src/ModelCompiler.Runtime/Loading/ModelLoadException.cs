namespace ModelCompiler;

/// <summary>A model could not be loaded: its asset is absent, damaged, or not the model that the class was generated for.</summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>With a message that says what was looked for and what to do.</summary>
    public ModelLoadException(string message)
        : base(message)
    {
    }

    /// <summary>With the error that caused it.</summary>
    public ModelLoadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
