using ModelCompiler.Graphs;
using ModelCompiler.Training.Losses;

namespace ModelCompiler.Tests.Training;

/// <summary>Which values of a student are compared with which of its teacher, and as what.</summary>
public sealed class OutputTermsTests
{
    [Fact]
    public void ScoresInFrontOfASoftmaxAreCompared()
    {
        var (student, teacher) = (Ending("Softmax"), Ending("Softmax"));

        var term = OutputTerms.Of(student.Graph, teacher.Graph).ShouldHaveSingleItem();

        (term.Meaning, term.Axis).ShouldBe((TargetMeaning.ClassScores, -1));
        (term.Student, term.Teacher).ShouldBe(("scores", "scores"));
    }

    [Theory]
    [InlineData(null, "Softmax")]
    [InlineData("Softmax", null)]
    public void ScoresAreComparedWithScoresWhereOnlyOneMakesProbabilitiesOfThem(string? student, string? teacher)
    {
        var term = OutputTerms.Of(Ending(student).Graph, Ending(teacher).Graph).ShouldHaveSingleItem();

        term.Meaning.ShouldBe(TargetMeaning.ClassScores);
        (term.Student, term.Teacher).ShouldBe(("scores", "scores"));
    }

    [Fact]
    public void PlainNumbersAreComparedAsTheyAre() =>
        OutputTerms.Of(Ending(null).Graph, Ending(null).Graph).ShouldHaveSingleItem().ShouldBe(new LossTerm("scores", "scores", TargetMeaning.Numbers));

    [Fact]
    public void PartsOfADetectorAreComparedEachInItsUnit()
    {
        var terms = OutputTerms.Of(Detector().Graph, Detector().Graph);

        terms.Select(term => (term.Student, term.Meaning)).ShouldBe([("boxes", TargetMeaning.Numbers), ("objects", TargetMeaning.YesNoScores)]);
    }

    [Fact]
    public void OutputsThatAreMadeInDifferentWaysAreComparedWhole()
    {
        var term = OutputTerms.Of(Detector().Graph, Ending(null, "y").Graph).ShouldHaveSingleItem();

        (term.Student, term.Teacher, term.Meaning).ShouldBe(("y", "y", TargetMeaning.Numbers));
    }

    /// <summary>Scores, which may become probabilities.</summary>
    private static Model Ending(string? op, string scores = "scores")
    {
        var builder = new GraphBuilder(17);
        var value = builder.Node("Relu", [builder.Input("x", Students.Rows(4))]);
        if (op is null)
            return builder.Output(value, scores, Students.Rows(4)).Model;
        value.Name = scores;
        return builder.Output(builder.Node(op, [value]), "y", Students.Rows(4)).Model;
    }

    private static Model Detector()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", Students.Rows(4));
        var boxes = builder.Node("Neg", [x]);
        var objects = builder.Node("Abs", [x]);
        (boxes.Name, objects.Name) = ("boxes", "objects");
        var joined = builder.Node("Concat", [boxes, builder.Node("Sigmoid", [objects])], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1 });
        return builder.Output(builder.Node("Transpose", [joined]), "y", Students.Rows(8)).Model;
    }
}
