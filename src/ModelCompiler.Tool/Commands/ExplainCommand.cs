using System.CommandLine;
using System.Text.RegularExpressions;
using ModelCompiler.Contract;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc explain</c>: a diagnostic's text and its page of the documentation, which are part of the tool.</summary>
internal static partial class ExplainCommand
{
    private const int Suggestions = 3;

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The id of a diagnostic, such as MC3004." };
        var command = new Command("explain", "Explains a diagnostic: what it means and what to do.") { id };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(id)));
        return command;
    }

    private static int Run(string id)
    {
        if (DiagnosticRules.All.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase)) is not { } rule)
            return WrongUsage.Report(Unknown(id), "modelc explain");
        Console.Out.WriteLine($"{rule.Id} ({OptionWords.Word(rule.Severity)}): {rule.Title}");
        Console.Out.WriteLine();
        Console.Out.WriteLine(Placeholder().Replace(rule.MessageFormat, "…"));
        if (Page(rule.Id) is { } page)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(page);
        }

        return ExitCodes.Done;
    }

    private static string Unknown(string id)
    {
        var nearest = NearestWords.Of(id, DiagnosticRules.All.Select(rule => rule.Id), Suggestions);
        return $"There is no diagnostic '{id}'. The nearest are {string.Join(", ", nearest)}.";
    }

    /// <summary>The page without its heading and severity, which were just printed.</summary>
    private static string? Page(string id)
    {
        using var stream = typeof(ExplainCommand).Assembly.GetManifestResourceStream($"diagnostics/{id}.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return Heading().Replace(reader.ReadToEnd(), "").Trim();
    }

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A\s*# .*\s*(Severity: .*)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}
