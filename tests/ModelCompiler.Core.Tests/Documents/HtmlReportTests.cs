using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ModelCompiler.Evaluation.Documents;

namespace ModelCompiler.Tests.Documents;

public sealed class HtmlReportTests
{
    private static readonly string[] Tags = [.. Read(Subjects.Full).Descendants().Select(element => element.Name.LocalName).Distinct()];

    [Theory]
    [MemberData(nameof(Subjects.HostileTexts), MemberType = typeof(Subjects))]
    public void NoTextBecomesMarkup(string text)
    {
        var page = Read(Subjects.Saying(text));

        Read(Subjects.Saying("harmless")).Descendants().Select(element => element.Name).ShouldBe(page.Descendants().Select(element => element.Name));
        page.Descendants("h1").Single().Value.ShouldBe(PlainText.Clean(text));
        page.Descendants().Attributes().ShouldAllBe(attribute => !attribute.Name.LocalName.StartsWith("on"));
    }

    [Fact]
    public void NothingIsFetchedOrRun()
    {
        var page = new HtmlReport().Write(Subjects.Full);

        Tags.ShouldNotContain("script");
        Tags.ShouldNotContain("link");
        Read(Subjects.Full).Descendants("img").ShouldAllBe(image => image.Attribute("src")!.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal) && image.Attribute("alt")!.Value.Length > 0);
        page.ShouldNotContain("url(");
        Regex.Matches(page, "src=\"(?!data:)", RegexOptions.None, TimeSpan.FromSeconds(10)).ShouldBeEmpty();
        page.ShouldNotContain("href=");
    }

    [Fact]
    public void HasLandmarksLanguageAndHeadings()
    {
        var page = Read(Subjects.Full);

        page.Root!.Attribute("lang")!.Value.ShouldBe("en");
        page.Descendants("title").Single().Value.ShouldNotBeEmpty();
        foreach (var landmark in new[] { "header", "main", "footer", "h1" })
            page.Descendants(landmark).ShouldHaveSingleItem();
        foreach (var section in page.Descendants("section"))
            section.Elements("h2").Single().Attribute("id")!.Value.ShouldBe(section.Attribute("aria-labelledby")!.Value);
        page.Descendants().Attributes("id").Select(id => id.Value).ShouldBeUnique();
    }

    [Fact]
    public void ChartsSayInWordsWhatTheyShow()
    {
        var charts = Read(Subjects.Full).Descendants("svg").ToArray();

        charts.ShouldAllBe(chart => chart.Attribute("role")!.Value == "img");
        foreach (var words in new[] { "int8 (shipped) 57.1 % at 1.3 MB", "biasCorrection 27.3 dB", "57.1 % at 28.4 %", "Compiled: 31 % at 31 %, 46 % at 54 %, 87 % at 92 %. Original: 35 % at 30 %" })
            charts.Where(chart => chart.Attribute("aria-label")!.Value.Contains(words, StringComparison.Ordinal)).ShouldHaveSingleItem(words);
    }

    [Theory]
    [InlineData(":root {")]
    [InlineData("prefers-color-scheme: dark")]
    public void TextStandsOutFromWhatItStandsOn(string scheme)
    {
        var rules = HtmlStyle.Css[HtmlStyle.Css.IndexOf(scheme, StringComparison.Ordinal)..];
        foreach (var text in new[] { "text", "quiet", "accent", "bad", "warn" })
        {
            foreach (var ground in new[] { "page", "tile" })
                Contrast(Colour(rules, text), Colour(rules, ground)).ShouldBeGreaterThan(4.5, $"{text} on {ground}");
        }
    }

    /// <summary>The page is also well-formed XML, but for two tags that need no end in HTML.</summary>
    private static XDocument Read(ReportSubject subject)
    {
        var page = new HtmlReport().Write(subject);
        var xml = Regex.Replace(page, "<meta (?<attributes>[^>]*)>", "<meta ${attributes}/>", RegexOptions.None, TimeSpan.FromSeconds(10)).Replace("<!DOCTYPE html>", "<!DOCTYPE html []>");
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static double[] Colour(string rules, string name)
    {
        var digits = Regex.Match(rules, $"--{name}: #(?<digits>[0-9a-f]{{6}})", RegexOptions.None, TimeSpan.FromSeconds(10)).Groups["digits"].Value;
        return [.. Convert.FromHexString(digits).Select(value => value / 255.0)];
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(double[] one, double[] other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(double[] colour)
    {
        var linear = colour.Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
