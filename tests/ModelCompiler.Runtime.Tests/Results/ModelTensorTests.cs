namespace ModelCompiler.Tests.Results;

public class ModelTensorTests
{
    private static readonly ModelTensor<int> Tensor = new([0, 1, 2, 3, 4, 5], 1, 2, 3);

    [Fact]
    public void IndicesCountInRowMajorOrder()
    {
        Tensor[0, 1, 2].ShouldBe(5);
        Tensor[0, 1, 0].ShouldBe(3);
        Tensor[4].ShouldBe(4);
        Tensor.Shape.ToArray().ShouldBe([1, 2, 3]);
        Tensor.ToString().ShouldBe("Int32[1, 2, 3]");
    }

    [Fact]
    public void PositionsOutsideAnAxisAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Tensor[0, 0, 3]);
        Should.Throw<ArgumentOutOfRangeException>(() => Tensor[0, -1, 0]);
        Should.Throw<ArgumentException>(() => Tensor[0, 1]).Message.ShouldContain("3 axes");
    }

    [Fact]
    public void AShapeThatDoesNotFitIsRefused() =>
        Should.Throw<ArgumentException>(() => new ModelTensor<int>([1, 2], 3)).Message.ShouldContain("[3]");

    [Fact]
    public void AScalarHasNoAxes() => new ModelTensor<int>([7])[0].ShouldBe(7);

    [Fact]
    public void ASliceIsAViewOfThePartAtAPosition()
    {
        var tensor = new ModelTensor<int>([.. Enumerable.Range(0, 24)], 2, 3, 4);

        tensor.Slice(1).Length.ShouldBe(12);
        tensor.Slice(1, 2).ToArray().ShouldBe([20, 21, 22, 23]);
        tensor.Slice().Length.ShouldBe(24);
        Should.Throw<ArgumentException>(() => tensor.Slice(1, 2, 3).Length).Message.ShouldContain("fewer positions");
        Should.Throw<ArgumentOutOfRangeException>(() => tensor.Slice(2).Length);
    }
}
