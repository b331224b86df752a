namespace ModelCompiler.Compilation;

/// <summary>Is told what the compiler is doing.</summary>
public interface ICompileProgress
{
    /// <summary>Called from the compiling thread, at the beginning of each step and as it goes on.</summary>
    void Report(CompileStep step);
}

/// <summary>A step of a compile.</summary>
/// <param name="Text">What is being done, for people: <c>measuring int8</c>.</param>
/// <param name="Fraction">How much of the step is done, 0 to 1; null where that is not known.</param>
public readonly record struct CompileStep(string Text, double? Fraction = null);
