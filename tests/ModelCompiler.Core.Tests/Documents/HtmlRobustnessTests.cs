using System.Xml.Linq;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Documents;

public sealed class HtmlRobustnessTests
{
    private static readonly CompileReport Measured = Subjects.Full.Report with
    {
        Robustness = new(
            "top1", 64, 0.9, 0.89,
            [
                new("noise", [new(1, 0.8, 0.78), new(2, 0.7, 0.6), new(3, 0.5, 0.4), new(4, 0.3, 0.2), new(5, 0.1, 0)], 0.084, 0.00012, true),
                new("blur", [new(1, 0.8, 0.8), new(2, 0.7, 0.7), new(3, 0.5, 0.5), new(4, 0.3, 0.3), new(5, 0.1, 0.125)], -0.005, 1, false),
            ],
            null),
        Adversarial = new(16, 100, 0.031373, 0.5, 0.5625, 7, 4.5, 1, null),
    };

    [Fact]
    public void EveryCurveSaysItsFigures()
    {
        var charts = Read(HtmlRobustness.Corruptions(Measured)).Descendants("svg").ToArray();

        charts.ShouldAllBe(chart => chart.Attribute("role")!.Value == "img");
        charts.Length.ShouldBe(3);
        charts[0].Attribute("aria-label")!.Value.ShouldBe("Solid line with dots: original. Dashed line with squares: compiled.");
        charts[1].Attribute("aria-label")!.Value.ShouldStartWith("noise: at 0 original 90 % compiled 89 %, at 1 original 80 % compiled 78 %, ");
        charts[2].Descendants("polyline").Select(line => line.Attribute("class")!.Value).ShouldBe(["curve before", "curve after"]);
    }

    [Fact]
    public void SaysWhatTheModelIsLessRobustAgainst()
    {
        var section = Read(HtmlRobustness.Corruptions(Measured));

        section.Value.ShouldContain("The compiled model is less robust than the original against noise (mean drop 8.4 points)");
        section.Descendants("details").ShouldHaveSingleItem().Descendants("tbody").Select(body => body.Elements("tr").Count()).ShouldBe([11, 2]);
        Read(HtmlRobustness.Corruptions(Measured with { Robustness = Measured.Robustness! with { Corruptions = [Measured.Robustness.Corruptions[1]] } })).Value
            .ShouldContain("The images do not show that the compiled model is less robust than the original.");
    }

    [Fact]
    public void AProbeIsNoGuarantee()
    {
        var text = Read(HtmlRobustness.Adversarial(Measured)).Value;

        text.ShouldContain("at most 3.14 % of its range");
        text.ShouldContain("a lower bound of what an attacker can do");
        text.ShouldContain("50 % of the answers changed, after 7 runs in the median");
        text.ShouldContain("56.25 % of the answers changed, after 4.5 runs in the median");
    }

    [Fact]
    public void WhatWasNotMeasuredSaysWhy()
    {
        var report = Measured with { Robustness = RobustnessFacts.Not("the model is too large for it in a build"), Adversarial = AdversarialFacts.Not("of <this>") };

        Read(HtmlRobustness.Corruptions(report)).Value.ShouldContain("Not measured: the model is too large for it in a build.");
        Read(HtmlRobustness.Adversarial(report)).Value.ShouldContain("Not measured: of <this>.");
        HtmlRobustness.Corruptions(Subjects.Full.Report).ToString().ShouldBeEmpty();
        HtmlRobustness.Adversarial(Subjects.Full.Report).ToString().ShouldBeEmpty();
    }

    [Fact]
    public void IsKeptInTheReport()
    {
        var read = ReportJson.ReadCompile(ReportJson.Write(Measured))!;

        read.Adversarial.ShouldBe(Measured.Adversarial);
        read.Robustness!.Corruptions[0].Curve.ShouldBe(Measured.Robustness!.Corruptions[0].Curve);
        ReportJson.Write(read).ShouldBe(ReportJson.Write(Measured));
    }

    private static XElement Read(Html section) => XElement.Parse(section.ToString());
}
