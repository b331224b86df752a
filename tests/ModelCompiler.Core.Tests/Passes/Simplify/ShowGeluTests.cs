using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class ShowGeluTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OnnxRuntimeFindsTheGelu(bool halfFirst)
    {
        var builder = Gelu(0.70710678f, halfFirst);

        var shown = PassTest.Run(new ShowGelu(), builder).SameOutputs();

        shown.Operators.ShouldContain("Div");
        shown.Operators.Count.ShouldBe(builder.Model.Graph.Nodes.Count);
        AsExecuted(builder.Model).ShouldContain("Erf");
        AsExecuted(shown.Rewritten).ShouldBe(["Gelu"]);
    }

    [Fact]
    public void AnotherFactorStays() => PassTest.Run(new ShowGelu(), Gelu(0.8f, halfFirst: true)).Declines();

    [Fact]
    public void AnErfAloneStays()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 2, 3);
        builder.Output(builder.Node("Erf", [builder.Node("Mul", [x, Number(builder, 0.70710678f)])]), "y");

        PassTest.Run(new ShowGelu(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("GELU");
    }

    [Fact]
    public void AnErfThatOthersReadStays()
    {
        var builder = Gelu(0.70710678f, halfFirst: true);
        builder.Output(builder.Model.Graph.Nodes.Single(node => node.OpType == "Erf").Output, "erf");

        PassTest.Run(new ShowGelu(), builder).Declines();
    }

    private static GraphBuilder Gelu(float factor, bool halfFirst)
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 2, 3, 5);
        var sum = builder.Node("Add", [Number(builder, 1), builder.Node("Erf", [builder.Node("Mul", [x, Number(builder, factor)])])]);
        var gelu = halfFirst
            ? builder.Node("Mul", [builder.Node("Mul", [Number(builder, 0.5f), x]), sum])
            : builder.Node("Mul", [builder.Node("Mul", [x, sum]), Number(builder, 0.5f)]);
        return builder.Output(gelu, "y", new TensorType(ElementType.Float32, Shape.Of(2, 3, 5)));
    }

    /// <summary>The operators of the graph that ONNX Runtime makes of a model.</summary>
    private static string[] AsExecuted(Model model)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "executed.onnx");
        OrtModel.Load(model, new ExecutionOptions { OptimizedModelPath = path }).Dispose();
        using var executed = OnnxReader.Read(path);
        return [.. executed.Graph.Nodes.Select(node => node.OpType)];
    }

    private static Value Number(GraphBuilder builder, float value) => builder.Initializer("c", Tensor.Scalar(value));
}
