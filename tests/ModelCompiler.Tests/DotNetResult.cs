using System.Text.RegularExpressions;

namespace ModelCompiler.Tests;

/// <summary>What a dotnet command printed.</summary>
internal sealed partial record DotNetResult(int ExitCode, string Output)
{
    /// <summary>The errors, each once: MSBuild repeats them in its summary.</summary>
    public IReadOnlyList<string> Errors { get; } =
        [.. ErrorLine().Matches(Output).Select(match => match.Value.Trim()).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> Warnings { get; } =
        [.. WarningLine().Matches(Output).Select(match => match.Value.Trim()).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the compiler was started.</summary>
    public bool CompiledModels => Output.Contains("Compiling ", StringComparison.Ordinal);

    /// <summary>The models that were compiled, by name and in alphabetical order, with commas between them; empty where the compiler was not started.</summary>
    public string Compiled => string.Join(", ", CompilingLine().Matches(Output).SelectMany(match => match.Groups["names"].Value.Trim().Split(", ")).Order(StringComparer.Ordinal));

    public DotNetResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Output);
        Warnings.ShouldBeEmpty(Output);
        return this;
    }

    /// <summary>One error and no other, in the form that IDEs read.</summary>
    public void ShouldFailWith(string code, string text)
    {
        ExitCode.ShouldNotBe(0, Output);
        var error = Errors.ShouldHaveSingleItem(Output);
        error.ShouldContain($"error {code}: ", customMessage: Output);
        error.ShouldContain(text);
        Output.ShouldNotContain("   at ModelCompiler.");
    }

    [GeneratedRegex(@"^\s*(?:\d+>)?Compiling (?:a model|models): (?<names>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex CompilingLine();

    [GeneratedRegex(@"(?<=^\s*(?:\d+>)?)[^\s\d].*\berror \w+: .*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"(?<=^\s*(?:\d+>)?)[^\s\d].*\bwarning \w+: .*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex WarningLine();
}
