using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ModelCompiler.Evaluation.Documents;

namespace ModelCompiler.Tests.Documents;

/// <summary>The page as a browser lays it out.</summary>
public sealed class HtmlReportInBrowserTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(390, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task FitsTheScreenByDayAndByNight(int width, bool dark)
    {
        Assert.SkipUnless(Browser.Path is not null, "there is no 'chromium' on the PATH");
        var longNames = Subjects.Saying(new string('w', 300));
        foreach (var subject in new[] { Subjects.Full, Subjects.Bare, longNames })
        {
            // The page may run no script, so that a frame of the screen's width holds it and the page around measures.
            var file = _folder.Write("frame.html", $$"""
                <!DOCTYPE html><meta charset="utf-8">
                <iframe width="{{width}}" height="900" style="border: 0" srcdoc="{{WebUtility.HtmlEncode(new HtmlReport().Write(subject))}}"></iframe>
                <output></output>
                <script>
                onload = () => {
                  const page = document.querySelector('iframe').contentDocument;
                  document.querySelector('output').textContent = page.documentElement.scrollWidth + ' ' + getComputedStyle(page.body).backgroundColor;
                };
                </script>
                """);

            var dom = await Browser.Open(file, dark, Path.Combine(_folder.Path, "browser"));

            var seen = Regex.Match(dom, "<output>(?<seen>.*)</output>", RegexOptions.None, TimeSpan.FromSeconds(10)).Groups["seen"].Value.Split(' ', 2);
            int.Parse(seen[0], CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(width, subject.Name);
            seen[1].ShouldBe(dark ? "rgb(15, 19, 24)" : "rgb(255, 255, 255)");
        }
    }
}
