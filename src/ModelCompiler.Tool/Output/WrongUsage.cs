using System.CommandLine;
using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>What is said of arguments that no command takes.</summary>
internal static class WrongUsage
{
    public static int Report(ParseResult parsed) =>
        Report(Problem(parsed), Path(parsed));

    /// <param name="problem">One sentence.</param>
    /// <param name="command">The command as it is typed: <c>modelc explain</c>.</param>
    public static int Report(string problem, string command)
    {
        Console.Error.WriteLine(DiagnosticRules.WrongUsage.Create(null, problem.ReplaceLineEndings(" "), command).ToString());
        return ExitCodes.WrongUsage;
    }

    /// <summary>A command that does not exist is the problem itself; that none was given is only what follows from it.</summary>
    private static string Problem(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not RootCommand root || parsed.UnmatchedTokens is not [var name, ..])
            return parsed.Errors[0].Message;
        var nearest = NearestWords.Of(name, root.Subcommands.Select(command => command.Name), 1).First();
        return $"There is no command '{name}'. The nearest is '{nearest}'.";
    }

    private static string Path(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "modelc" : $"modelc {parsed.CommandResult.Command.Name}";
}
