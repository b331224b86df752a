using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize;

public sealed class RowProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 8)]
    [InlineData(7, 19)]
    [InlineData(12, 33)]
    [InlineData(13, 64)]
    public void AreDotProductsOfAllPairs(int size, int length)
    {
        var stride = length + 3;
        var rows = Networks.Weights(7, size, stride).ToFloats();
        var products = new double[size * size];

        RowProducts.AddUpper(rows, size, length, stride, products);

        for (var row = 0; row < size; row++)
        {
            for (var column = row; column < size; column++)
            {
                var expected = Enumerable.Range(0, length).Sum(i => (double)rows[(row * stride) + i] * rows[(column * stride) + i]);
                products[(row * size) + column].ShouldBe(expected, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(2, 4, 16)]
    [InlineData(3, 9, 33)]
    [InlineData(6, 8, 64)]
    public void AreDotProductsOfTwoSets(int count, int size, int length)
    {
        var stride = length + 1;
        var (left, right) = (Networks.Weights(8, count, stride).ToFloats(), Networks.Weights(9, size, stride).ToFloats());
        var products = new double[count * size];

        RowProducts.AddAll(left, count, right, size, length, stride, products);

        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var expected = Enumerable.Range(0, length).Sum(i => (double)left[(row * stride) + i] * right[(column * stride) + i]);
                products[(row * size) + column].ShouldBe(expected, 1e-5);
            }
        }
    }
}
