using System.CommandLine;
using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>What is said of arguments that no command takes.</summary>
internal static class WrongUsage
{
    public static int Report(ParseResult parsed) =>
        Report(parsed.Errors[0].Message, Path(parsed));

    /// <param name="problem">One sentence.</param>
    /// <param name="command">The command as it is typed: <c>modelc explain</c>.</param>
    public static int Report(string problem, string command)
    {
        Console.Error.WriteLine(DiagnosticRules.WrongUsage.Create(null, problem.ReplaceLineEndings(" "), command).ToString());
        return ExitCodes.WrongUsage;
    }

    private static string Path(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "modelc" : $"modelc {parsed.CommandResult.Command.Name}";
}
