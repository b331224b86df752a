using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;

namespace ModelCompiler.Tests.Documents;

public sealed class ReportDocumentsTests
{
    [Fact]
    public void TheyAreTheFilesThatABuildExpects() => ReportDocuments.All.Select(document => document.Ending).ShouldBe(ReportEndings.Documents);

    [Theory]
    [InlineData(".html")]
    [InlineData(".md")]
    [InlineData(".json")]
    public void OfAFixedReportTheyAreThese(string ending)
    {
        var document = ReportDocuments.All.Single(document => Path.GetExtension(document.Ending) == ending);

        Assert.Multiple(
            () => Approval.Verify(document.Write(Subjects.Full), "Full", ending),
            () => Approval.Verify(document.Write(Subjects.Bare), "Bare", ending));
    }

    [Fact]
    public void TheyAreTheSameInEveryCulture()
    {
        var before = ReportDocuments.All.Select(document => document.Write(Subjects.Full)).ToArray();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NumberGroupSeparator, commas.NumberFormat.NegativeSign) = (",", ".", "−");
            CultureInfo.CurrentCulture = commas;
            ReportDocuments.All.Select(document => document.Write(Subjects.Full)).ShouldBe(before);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void TheyTellNobodysFolders()
    {
        foreach (var document in ReportDocuments.All)
            document.Write(Subjects.Full).ShouldNotContain("somebody");
    }

    [Fact]
    public void WhatIsMissingIsNamedAsMissing()
    {
        new HtmlReport().Write(Subjects.Bare).ShouldContain("""<dt>Licence</dt><dd><span class="missing">missing</span></dd>""");
        new ModelCard().Write(Subjects.Bare).ShouldContain("- Licence: **missing**");
    }
}
