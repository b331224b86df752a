using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes.Simplify;

public sealed class ConstantsTests
{
    public static TheoryData<string, AttributeValue> Forms => new()
    {
        { "value", Tensor.Vector(1f, 2f) },
        { "value_float", 2f },
        { "value_floats", new[] { 1f, 2f } },
    };

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void AConstantNodeBecomesAnInitializer(string form, AttributeValue value)
    {
        var builder = Graph(out var x, 3, 2);
        builder.Output(builder.Node("Add", [x, builder.Node("Constant", [], Of((form, value)))]), "y");

        PassTest.Run(new LiftConstants(), builder).Leaves("Add").Rewritten.Graph.Initializers.ShouldHaveSingleItem();
    }

    [Fact]
    public void AConstantThatIsTheOutputStays()
    {
        var builder = Graph(out var x, 2);
        builder.Output(builder.Node("Relu", [x]), "y").Output(builder.Node("Constant", [], Of(("value_float", 2f))), "z");

        PassTest.Run(new LiftConstants(), builder).Declines();
    }

    [Fact]
    public void WeightsAreTakenOffTheInputsOfFilesThatListThemAll()
    {
        var builder = new GraphBuilder(opset: 13);
        var x = builder.Input("x", ElementType.Float32, 2, 3);
        builder.Output(builder.Node("MatMul", [x, builder.ListedInitializer("w", Tensor.Of([1f, 2f, 3f], 3, 1))]), "y");

        var test = PassTest.Run(new UnlistInitializers(), builder).Leaves("MatMul");

        test.Rewritten.Graph.Inputs.ShouldHaveSingleItem().Name.ShouldBe("x");
        test.Rewritten.Graph.Initializers.ShouldHaveSingleItem().Constant.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Add", false)]
    [InlineData("MatMul", true)]
    public void DefaultsThatAreMeantToBeOverriddenStay(string reader, bool hasFixedWeights)
    {
        var builder = new GraphBuilder(opset: 13);
        Value y = builder.Input("x", ElementType.Float32, 3, 3);
        y = builder.Node(reader, [y, builder.ListedInitializer("default", Tensor.Of([1f, 2f, 3f], 3, 1))]);
        if (hasFixedWeights)
            y = builder.Node("Mul", [y, builder.Initializer("fixed", Tensor.Of([2f], 1))]);
        builder.Output(y, "y");

        PassTest.Run(new UnlistInitializers(), builder).Declines();
    }

    [Fact]
    public void InitializersAreTakenOffTheInputsOfOldFiles()
    {
        var builder = new GraphBuilder(opset: 8, irVersion: 3);
        var x = builder.Input("x", ElementType.Float32, 2);
        var w = builder.Input("w", ElementType.Float32, 2);
        builder.Model.Graph.AddInitializer(w, Tensor.Vector(1f, 2f));
        builder.Output(builder.Node("Add", [x, w]), "y");

        var test = PassTest.Run(new UnlistInitializers(), builder).Leaves("Add");
        test.Rewritten.Graph.Inputs.ShouldHaveSingleItem().Name.ShouldBe("x");
        test.Rewritten.IrVersion.ShouldBe(4);
    }

    [Fact]
    public void AnInitializerThatCallersMayOverrideStaysAnInput()
    {
        var builder = new GraphBuilder(opset: 8, irVersion: 4);
        var x = builder.Input("x", ElementType.Float32, 2);
        var w = builder.Input("w", ElementType.Float32, 2);
        builder.Model.Graph.AddInitializer(w, Tensor.Vector(1f, 2f));
        builder.Output(builder.Node("Add", [x, builder.Node("Exp", [w])]), "y");

        PassTest.Run([new UnlistInitializers(), new FoldConstants(), new RemoveDeadNodes()], builder.Model).Declines();
    }

    [Fact]
    public void WhatDependsOnConstantsAloneIsComputed()
    {
        var builder = Graph(out var x, 3, 2);
        var table = builder.Node("Sin", [builder.Node("Mul", [builder.Initializer("a", Tensor.Vector(1f, 2f)), builder.Initializer("b", Tensor.Scalar(3f))])]);
        builder.Output(builder.Node("Add", [x, table]), "y");

        PassTest.Run([new FoldConstants(), new RemoveDeadNodes()], builder.Model).Leaves("Add").Rewritten.Graph.Initializers.ShouldHaveSingleItem();
    }

    [Fact]
    public void AWeightIsTransposedInPlace()
    {
        var builder = Graph(out var x, 3, 64);
        var weight = builder.Initializer("w", RandomTensors.Floats(new Random(1), 80, 64));
        builder.Output(builder.Node("MatMul", [x, builder.Node("Transpose", [weight])]), "y");

        PassTest.Run([new FoldConstants(), new RemoveDeadNodes()], builder.Model).Leaves("MatMul").Rewritten.Graph.Initializers.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("ConstantOfShape")]
    [InlineData("Expand")]
    [InlineData("Tile")]
    [InlineData("Range")]
    public void WhatWouldMakeTheFileLargerStays(string op)
    {
        var builder = Graph(out var x, 1);
        var size = builder.Initializer("n", Tensor.Vector(100_000L));
        var large = op switch
        {
            "ConstantOfShape" => builder.Node(op, [size]),
            "Range" => builder.Node(op, [Scalar(builder, 0f), Scalar(builder, 100_000f), Scalar(builder, 1f)]),
            _ => builder.Node(op, [builder.Initializer("one", Tensor.Vector(1f)), size]),
        };
        builder.Output(builder.Node("Add", [x, large]), "y");

        PassTest.Run(new FoldConstants(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("larger");
    }

    [Fact]
    public void WeightsThatAreStoredSmallStaySmall()
    {
        var builder = Graph(out var x, 3, 64);
        var halves = builder.Initializer("w", RandomTensors.Of(ElementType.Float16, [64, 80], new Random(1)));
        var bytes = builder.Initializer("q", RandomTensors.Of(ElementType.Int8, [80, 8], new Random(1)));
        var product = builder.Node("MatMul", [x, builder.Node("Cast", [halves], Of(("to", 1L)))]);
        builder.Output(builder.Node("MatMul", [product, builder.Node("DequantizeLinear", [bytes, Scalar(builder, 0.1f)])]), "y");

        PassTest.Run(new FoldConstants(), builder).Declines();
    }

    [Fact]
    public void RandomNumbersAreDrawnAtEachRun()
    {
        var builder = Graph(out var x, 3);
        builder.Output(builder.Node("Add", [x, builder.Node("RandomNormalLike", [builder.Initializer("a", Tensor.Vector(1f, 2f, 3f))])]), "y");

        PassTest.Run(new FoldConstants(), builder).Declines();
    }

    [Fact]
    public void WhatOnnxRuntimeCannotComputeStays()
    {
        var builder = Graph(out var x, 3);
        var indices = builder.Initializer("i", Tensor.Vector(7L));
        builder.Output(builder.Node("Add", [x, builder.Node("Gather", [builder.Initializer("a", Tensor.Vector(1f, 2f, 3f)), indices])]), "y");

        PassTest.Run(new FoldConstants(), builder).Declines().Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("ONNX Runtime");
    }

    [Fact]
    public void ShapesThatAreFixedAreStored()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4), Dimension.Of(6)])));
        var shape = builder.Node("Shape", [x]);
        var rows = builder.Node("Gather", [shape, builder.Initializer("one", Tensor.Vector(1L))]);
        var half = builder.Node("Div", [rows, builder.Initializer("two", Tensor.Vector(2L))]);
        var target = builder.Node("Concat", [builder.Initializer("rest", Tensor.Vector(-1L)), half], Of(("axis", 0L)));
        builder.Output(builder.Node("Reshape", [x, target]), "y");

        PassTest.Run([new FoldKnownShapes(), new RemoveDeadNodes()], builder.Model).Leaves("Reshape");
    }

    [Fact]
    public void ShapesThatDependOnTheCallerStay()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4)])));
        var batch = builder.Node("Gather", [builder.Node("Shape", [x]), builder.Initializer("zero", Tensor.Vector(0L))]);
        var target = builder.Node("Concat", [batch, builder.Initializer("four", Tensor.Vector(2L, 2L))], Of(("axis", 0L)));
        builder.Output(builder.Node("Reshape", [x, target]), "y");

        PassTest.Run(new FoldKnownShapes(), builder).Declines();
    }

    private static GraphBuilder Graph(out Value x, params long[] shape)
    {
        var builder = new GraphBuilder(opset: 17);
        x = builder.Input("x", ElementType.Float32, shape);
        return builder;
    }

    private static Value Scalar(GraphBuilder builder, float value) => builder.Initializer("s", Tensor.Scalar(value));
}
