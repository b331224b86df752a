using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;
using YamlDotNet.RepresentationModel;

namespace ModelCompiler.Tests.Documents;

public sealed class ModelCardTests
{
    [Fact]
    public void FrontMatterSaysLicenceTagsAndResults()
    {
        var matter = FrontMatterOf(Subjects.Full);

        matter["license"].ShouldBe("apache-2.0");
        Texts(matter["tags"]).ShouldBe(["onnx", "int8", "android-arm64", "image-classification"]);
        var result = matter["model-index"][0]["results"][0];
        result["task"]["type"].ShouldBe("image-classification");
        var top1 = result["metrics"][0];
        (top1["type"].ToString(), top1["value"].ToString()).ShouldBe(("top1", "0.571"));
    }

    [Theory]
    [MemberData(nameof(Subjects.HostileTexts), MemberType = typeof(Subjects))]
    public void NoTextBecomesAnythingElse(string text)
    {
        var clean = PlainText.Clean(text);

        var matter = FrontMatterOf(Subjects.Saying(text));

        matter.Children.Keys.Select(key => key.ToString()).ShouldBe(["license", "license_name", "library_name", "tags", "model-index"]);
        matter["license"].ShouldBe("other");
        matter["license_name"].ShouldBe(clean);
        Texts(matter["tags"]).ShouldBe(["onnx", clean, clean, "image-classification"]);
        matter["model-index"][0]["name"].ShouldBe(clean);
        ((YamlScalarNode)matter["model-index"][0]["name"]).Style.ShouldBe(YamlDotNet.Core.ScalarStyle.DoubleQuoted);
    }

    [Theory]
    [MemberData(nameof(Subjects.HostileTexts), MemberType = typeof(Subjects))]
    public void NoTextChangesTheLinesOfTheCard(string text)
    {
        var card = new ModelCard().Write(Subjects.Saying(text));

        card.Split('\n').Length.ShouldBe(new ModelCard().Write(Subjects.Saying("harmless")).Split('\n').Length);
        card[(card.IndexOf("\n---\n", StringComparison.Ordinal) + 5)..].ShouldNotContain("<script>");
    }

    [Theory]
    [InlineData("- item", @"\- item")]
    [InlineData("10. item", @"10\. item")]
    [InlineData("v1.2-beta (x)", "v1.2-beta (x)")]
    [InlineData("a|b_c<d>", @"a\|b\_c\<d\>")]
    public void MarksOfMarkdownAreEscapedWhereTheyMeanSomething(string text, string escaped) => MarkdownText.Escaped(text).ShouldBe(escaped);

    [Fact]
    public void AMissingLicenceIsNotInvented() => FrontMatterOf(Subjects.Bare).Children.Keys.Select(key => key.ToString()).ShouldBe(["library_name", "tags"]);

    [Theory]
    [InlineData("mit", "mit")]
    [InlineData("GPL-3.0-or-later", "gpl-3.0")]
    [InlineData(" BSD-3-Clause ", "bsd-3-clause")]
    [InlineData("0BSD", "other")]
    [InlineData("Mine", "other")]
    public void LicencesHaveTheHubsKeys(string said, string key) =>
        FrontMatterOf(Subjects.Full with { Provenance = new ModelProvenance(null, said, null) })["license"].ShouldBe(key);

    private static YamlMappingNode FrontMatterOf(ReportSubject subject)
    {
        var card = new ModelCard().Write(subject);
        card.ShouldStartWith("---\n");
        var stream = new YamlStream();
        stream.Load(new StringReader(card[4..(card.IndexOf("\n---\n", StringComparison.Ordinal) + 1)]));
        return (YamlMappingNode)stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    private static IEnumerable<string> Texts(YamlNode sequence) => ((YamlSequenceNode)sequence).Children.Select(child => child.ToString());
}
