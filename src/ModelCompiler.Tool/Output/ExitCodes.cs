namespace ModelCompiler.Tool.Output;

internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A diagnostic of severity error was printed.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;
}
