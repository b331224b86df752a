using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class ConvolveBeforeResizeTests
{
    private readonly GraphBuilder _builder = new(opset: 13);
    private readonly Random _random = new(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ConvolvesAtTheSmallSize(bool resizedFirst)
    {
        var joined = Joined(resizedFirst, Resized(Small()));
        _builder.Output(Conv(joined, 5, withBias: true), "left");
        _builder.Output(Conv(joined, 4, withBias: false), "right");

        var test = PassTest.Run(Pipelines.Float, _builder.Model).SameOutputs();

        test.Operators.Count(operation => operation == "Conv").ShouldBe(4);
        test.Operators.ShouldNotContain("Concat");
        ModelCost.Of(test.Rewritten).Macs.ShouldNotBeNull().ShouldBeLessThan(ModelCost.Of(test.Original).Macs!.Value);
    }

    [Fact]
    public void ChangesTheChannelsInSizesThatAreGiven()
    {
        var sizes = _builder.Initializer("sizes", Tensor.Vector(1L, 6, 6, 8));
        var resized = _builder.Node("Resize", [Small(), null, null, sizes], Nearest);
        _builder.Output(Conv(Joined(true, resized), 5, withBias: true), "y");

        PassTest.Run(Pipelines.Float, _builder.Model).SameOutputs().Operators.ShouldNotContain("Concat");
    }

    [Fact]
    public void LeavesANeighbourhoodAlone()
    {
        _builder.Output(Conv(Joined(true, Resized(Small())), 5, withBias: true, kernel: 3), "y");

        PassTest.Run(new ConvolveBeforeResize(), _builder).Declines();
    }

    [Fact]
    public void LeavesAConcatAloneThatIsReadOtherwise()
    {
        var joined = Joined(true, Resized(Small()));
        _builder.Output(Conv(joined, 5, withBias: true), "y");
        _builder.Output(_builder.Node("Relu", [joined]), "z");

        PassTest.Run(new ConvolveBeforeResize(), _builder).Declines();
    }

    [Fact]
    public void LeavesAConvAloneThatMakesMoreChannelsThanItReads()
    {
        _builder.Output(Conv(Joined(true, Resized(Small())), 11, withBias: true), "y");

        PassTest.Run(new ConvolveBeforeResize(), _builder).Declines();
    }

    [Fact]
    public void LeavesAResizeAloneThatMixesPlaces()
    {
        var scales = _builder.Initializer("scales", Tensor.Vector(1f, 1, 2, 2));
        var resized = _builder.Node("Resize", [Small(), null, scales], Of(("mode", "linear")));
        _builder.Output(Conv(Joined(true, resized), 5, withBias: true), "y");

        PassTest.Run(new ConvolveBeforeResize(), _builder).Declines();
    }

    private static IReadOnlyDictionary<string, AttributeValue> Nearest => Of(("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    private Value Small() => _builder.Input("a", ElementType.Float32, 1, 6, 3, 4);

    private Value Resized(Value a) => _builder.Node("Resize", [a, null, _builder.Initializer("scales", Tensor.Vector(1f, 1, 2, 2))], Nearest);

    private Value Joined(bool resizedFirst, Value resized)
    {
        var other = _builder.Input("b", ElementType.Float32, 1, 4, 6, 8);
        return _builder.Node("Concat", resizedFirst ? [resized, other] : [other, resized], Of(("axis", 1L)));
    }

    private Value Conv(Value x, long channels, bool withBias, long kernel = 1)
    {
        var weight = _builder.Initializer("w", RandomTensors.Floats(_random, channels, 10, kernel, kernel));
        return _builder.Node("Conv", withBias ? [x, weight, _builder.Initializer("bias", RandomTensors.Floats(_random, channels))] : [x, weight]);
    }
}
