namespace ModelCompiler.Tests.Results;

public sealed class EmbeddingTests
{
    [Fact]
    public void HasUnitLength()
    {
        var embedding = new Embedding([3, 0, -4]);

        embedding.Values.ToArray().ShouldBe([0.6f, 0, -0.8f]);
        embedding.Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(new float[] { 2, 0 }, 1)]
    [InlineData(new float[] { 0, 5 }, 0)]
    [InlineData(new float[] { -1, 0 }, -1)]
    [InlineData(new float[] { 1, 1 }, 0.70710677f)]
    public void SimilarityIsACosine(float[] other, float cosine) => new Embedding([7, 0]).Similarity(new Embedding(other)).ShouldBe(cosine, tolerance: 1e-6f);

    [Theory]
    [InlineData(new float[] { })]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new float[] { 1, float.NaN })]
    [InlineData(new float[] { float.PositiveInfinity, 1 })]
    public void WhatHasNoDirectionIsRefused(float[] values) => Should.Throw<ArgumentException>(() => new Embedding(values)).Message.ShouldContain("No direction");

    [Fact]
    public void ValuesWhoseSquaresLeaveTheRangeHaveADirectionAllTheSame()
    {
        new Embedding([1e30f, 0]).Values.ToArray().ShouldBe([1, 0]);
        new Embedding([1e-30f, 0]).Values.ToArray().ShouldBe([1, 0]);
    }

    [Fact]
    public void ABatchIsOneForEachSample()
    {
        Embedding.Batch([1, 0, 0, 2, 3, 0], 3).Select(one => one.Values.ToArray()).ShouldBe([[1, 0], [0, 1], [1, 0]]);
        Should.Throw<ArgumentException>(() => Embedding.Batch([1, 0, 0], 2));
    }

    [Fact]
    public void EmbeddingsOfTwoModelsAreNotCompared() =>
        Should.Throw<ArgumentException>(() => new Embedding([1, 0]).Similarity(new Embedding([1, 0, 0]))).Message.ShouldContain("of 2 values cannot be compared with one of 3");
}
