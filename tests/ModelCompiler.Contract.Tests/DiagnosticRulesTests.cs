using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelCompiler.Contract.Tests;

public sealed partial class DiagnosticRulesTests
{
    [Fact]
    public void EveryIdIsUsedOnceAndHasTheForm()
    {
        DiagnosticRules.All.Select(rule => rule.Id).ShouldBeUnique();
        DiagnosticRules.All.ShouldAllBe(rule => IdForm().IsMatch(rule.Id));
    }

    [Fact]
    public void TheTableIsInOrder() => DiagnosticRules.All.Select(rule => rule.Id).ShouldBeInOrder();

    [Fact]
    public void EveryMessageTakesTheArgumentsThatItNames()
    {
        foreach (var rule in DiagnosticRules.All)
        {
            var arguments = Enumerable.Range(0, 9).Select(i => (object)$"<{i}>").ToArray();
            var named = Placeholder().Matches(rule.MessageFormat).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct().ToArray();

            named.Order().ShouldBe(Enumerable.Range(0, named.Length), rule.Id);
            rule.Create(null, arguments).Message.ShouldNotContain("{", customMessage: rule.Id);
        }
    }

    [Fact]
    public void EveryRuleHasAPageWithAnExampleAndWhatToDo()
    {
        foreach (var rule in DiagnosticRules.All)
        {
            var page = Page(rule.Id);

            page.ShouldStartWith($"# {rule.Id}: ", customMessage: rule.Id);
            page.ShouldContain($"\nSeverity: {OptionWords.Word(rule.Severity)}\n", customMessage: rule.Id);
            page.ShouldContain("\n## Example\n", customMessage: rule.Id);
            page.ShouldContain("\n## What to do\n", customMessage: rule.Id);
        }
    }

    [Fact]
    public void EveryPageIsOfARule()
    {
        var pages = typeof(DiagnosticRulesTests).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("diagnostics/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension);

        pages.Except(DiagnosticRules.All.Select(rule => rule.Id)).ShouldBeEmpty();
    }

    private static string Page(string id)
    {
        using var stream = typeof(DiagnosticRulesTests).Assembly.GetManifestResourceStream($"diagnostics/{id}.md");
        stream.ShouldNotBeNull($"docs/diagnostics/{id}.md is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^MC[0-9]{4}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\{(?<number>\d)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
