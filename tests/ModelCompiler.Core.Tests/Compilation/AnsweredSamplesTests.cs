using ModelCompiler.Calibration;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Compilation;

public sealed class AnsweredSamplesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5 * sizeof(float))]
    [InlineData(1 << 20)]
    public void EverySampleComesWithTheAnswerOfTheOriginal(long bytesBeforehand)
    {
        using var original = Negation();
        using var answered = new AnsweredSamples(original, new Numbers(20));
        answered.AnswerBeforehand(bytesBeforehand);

        for (var time = 0; time < 2; time++)
            answered.All().Select(sample => sample.ExpectedOutputs["y"].ToFloats()[0]).ShouldBe(Enumerable.Range(0, 20).Select(i => (float)-i));
    }

    [Fact]
    public void SomeOfThemComeWithTheirOwnAnswers()
    {
        using var original = Negation();
        using var answered = new AnsweredSamples(original, new Numbers(20));
        _ = answered.All().Count();

        answered.Spread(4).Select(sample => sample.ExpectedOutputs["y"].ToFloats()[0]).ShouldBe([0, -5, -10, -15]);
    }

    [Fact]
    public void ASampleThatCannotBeReadIsToldOfInItsPlace()
    {
        using var original = Negation();
        using var answered = new AnsweredSamples(original, new Numbers(5) { Broken = 3 });
        var seen = 0;
        answered.AnswerBeforehand(1 << 20);

        Should.Throw<DiagnosticException>(() =>
        {
            foreach (var _ in answered.All())
                seen++;
        }).Diagnostic.Rule.ShouldBe(DiagnosticRules.DataUnreadable);

        seen.ShouldBe(3);
    }

    [Fact]
    public void WhatNobodyAsksForEndsWithTheOriginal()
    {
        using var original = Negation();
        var answered = new AnsweredSamples(original, new Numbers(5) { Broken = 3 });
        answered.AnswerBeforehand(1 << 20);

        Should.NotThrow(answered.Dispose);
    }

    private static OrtModel Negation()
    {
        var builder = new GraphBuilder(17);
        return OrtModel.Load(builder.Output(builder.Node("Neg", [builder.Input("x", ElementType.Float32, 1)]), "y").Model);
    }

    /// <summary>0, 1, 2 …</summary>
    private sealed class Numbers(int count) : DataSet
    {
        public int? Broken { get; init; }

        public override string Path => "numbers";

        public override int Count => count;

        public override bool IsLabelled => false;

        public override bool HasBoxes => false;

        protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(place => place == Broken
            ? throw Unreadable($"{place}", "it is broken")
            : new Sample($"{place}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Vector<float>(place) }));
    }
}
