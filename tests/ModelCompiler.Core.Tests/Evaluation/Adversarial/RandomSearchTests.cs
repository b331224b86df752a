using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Adversarial;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Adversarial;

public sealed class RandomSearchTests
{
    private const int Queries = 100;

    /// <summary>
    /// The first class leads by the sum of four features. Each was seen from 0 to 1, so that each may fall by 8/255: a lead of 0.1 can be taken away by moving all
    /// four, one of 0.13 cannot.
    /// </summary>
    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.13, false)]
    public void FindsWhatIsInReach(double lead, bool isInReach)
    {
        using var model = OrtModel.Load(Sum());
        var limits = PerturbationLimits.OfRange([Tensor.Of([0f, 0, 0, 0], 1, 4), Tensor.Of([1f, 1, 1, 1], 1, 4)]);
        var sample = Of(0.25f, 0.25f, 0.25f, (float)(lead - 0.75) + 1);   // less 1, the second class's score

        var (answer, query) = new RandomSearch(model, "x", limits, new SubsetMoves()).Run(sample, 3, Queries);

        answer.ShouldBe(0);
        (query is not null).ShouldBe(isInReach);
        new RandomSearch(model, "x", limits, new SubsetMoves()).Run(sample, 3, Queries).ShouldBe((answer, query));
    }

    [Fact]
    public void BytesMoveByEightSteps()
    {
        var image = new ImageInput(ImageLayout.Nhwc, ImageColor.Rgb, ImageResize.None, null, 1 / 255f, new([0.5f, 0, 0]), new([0.5f, 1, -1]));
        var limits = PerturbationLimits.OfImage(image, ImagePlanes.Of(ImageLayout.Nhwc, [1, 2, 2, 3]));

        limits.Radius[..3].ShouldBe([16 / 255f, 8 / 255f, 8 / 255f], 1e-6);
        (limits.Low[3], limits.High[3], limits.Low[5], limits.High[5]).ShouldBe((-1, 1, -1, 0));
        var moved = new float[12];
        limits.Apply([0.99f, 0.5f, -0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 2], [1, 1, 1, -1, -1, 1, 1, 1, 1, 1, 1, -1], moved);
        moved[0].ShouldBe(1);                        // white stays white
        moved[1].ShouldBe(0.5f + (8 / 255f), 1e-6);
        moved[4].ShouldBe(0);                        // black stays black
        moved[11].ShouldBe(2 - (8 / 255f), 1e-6);    // a bar that is no byte
    }

    [Theory]
    [InlineData(ImageLayout.Nchw)]
    [InlineData(ImageLayout.Nhwc)]
    public void SquaresAreSquares(ImageLayout layout)
    {
        var planes = new ImagePlanes(layout, 3, 6, 8);
        var signs = new sbyte[planes.Count];

        new SquareMoves(planes).Change(signs, 9 / 48.0, new Noise(1, "square"));

        var changed = Enumerable.Range(0, 48).Where(i => signs[planes.IndexOf(0, i / 8, i % 8)] != 0).ToArray();
        changed.Length.ShouldBe(9);
        changed.Select(i => i / 8).Distinct().Count().ShouldBe(3);
        changed.Select(i => i % 8).Distinct().Count().ShouldBe(3);
        foreach (var channel in new[] { 0, 1, 2 })
            changed.Select(i => signs[planes.IndexOf(channel, i / 8, i % 8)]).Distinct().ShouldHaveSingleItem();
        Enumerable.Range(0, planes.Count).Count(i => planes.ChannelOf(i) == 2 && signs[i] != 0).ShouldBe(9);
    }

    [Fact]
    public void FactsCompareBothModels()
    {
        var facts = AdversarialFacts.Of([(0, 4), (1, 2), (0, null), (NoAnswer, null)], [(0, 10), (1, 1), (0, 3), (1, 1)], 50);

        (facts.Samples, facts.Queries, facts.Original, facts.Compiled, facts.OriginalQueries, facts.CompiledQueries, facts.PValue).ShouldBe((3, 50, 0.666667, 1, 3, 3, 1));
        AdversarialFacts.Of([(NoAnswer, null)], [(1, null)], 50).NotMeasured.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0, 16, 100)]
    [InlineData(1_000_000, 16, 100)]
    [InlineData(350_000_000, 8, 25)]
    public void EffortFollowsTheModelsCost(long macs, int samples, int queries) => AdversarialEffort.Of(macs).ShouldBe(new AdversarialEffort(samples, queries));

    [Fact]
    public void ALargeModelIsNotSearched() => AdversarialEffort.Of(4_000_000_000).ShouldBeNull();

    private const int NoAnswer = TopClass.None;

    private static Sample Of(params float[] values) => new("sample", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(values, 1, 4) });

    /// <summary>Scores: the sum of the features less 1, and 0.</summary>
    private static Model Sum()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 4);
        var scores = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of([1f, 0, 1, 0, 1, 0, 1, 0], 4, 2)), builder.Initializer("b", Tensor.Of([-1f, 0], 2))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, Shape.Of(1, 2))).Model;
    }
}
