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

    [GeneratedRegex("^MC[0-9]{4}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\{(?<number>\d)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
