using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

public sealed class GraphFormTests
{
    [Fact]
    public void ABuiltModelIsTheSameAfterWritingAndReading()
    {
        using var model = BuiltModels.Control();
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        GraphText.Of(again).ShouldBe(GraphText.Of(model));
    }

    [Fact]
    public void TheSameModelGivesTheSameBytes()
    {
        using var first = BuiltModels.Control();
        using var second = BuiltModels.Control();
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(first));

        OnnxWriter.ToBytes(second).ShouldBe(OnnxWriter.ToBytes(first));
        OnnxWriter.ToBytes(again).ShouldBe(OnnxWriter.ToBytes(first));
    }

    [Fact]
    public void NestedGraphsReadTheValuesAroundThem()
    {
        using var written = BuiltModels.Control();
        using var model = OnnxReader.Read(OnnxWriter.ToBytes(written));

        var branch = model.Graph.NodesOf("If")[0];
        branch.Captures.Select(value => value.Name).Order(StringComparer.Ordinal).ShouldBe(["bias", "hidden"]);
        model.Graph.Nodes[0].Output.Consumers.ShouldAllBe(consumer => consumer.Graph.Parent == model.Graph);
    }

    [Fact]
    public void AnInnerNameThatHidesAnOuterOneIsResolvedInsideAndRenamed()
    {
        var inner = new GraphProto { Name = "inner", Node = { Records.Node("Neg", ["x"], "h"), Records.Node("Abs", ["h"], "r") }, Output = { new ValueInfoProto { Name = "r" } } };
        var choice = Records.Node("If", ["flag"], "y");
        choice.Attribute.Add([Branch("then_branch", inner), Branch("else_branch", inner.Clone())]);
        var graph = new GraphProto
        {
            Name = "graph",
            Input = { Records.Info("x"), Records.Info("flag", ElementType.Bool) },
            Node = { Records.Node("Relu", ["x"], "h"), choice },
            Output = { Records.Info("h"), Records.Info("y") },
        };

        using var model = OnnxReader.Read(Records.Model(graph).Bytes());

        foreach (var branch in model.Graph.Nodes[1].Subgraphs)
            branch.Nodes[1].Inputs[0]!.ShouldSatisfyAllConditions(h => h.Graph.ShouldBe(branch), h => h.Name.ShouldNotBe("h", StringComparer.Ordinal));
    }

    [Fact]
    public void NodesOutOfOrderAreSorted()
    {
        var graph = new GraphProto { Name = "graph", Input = { Records.Info("x") }, Node = { Records.Node("Abs", ["h"], "y"), Records.Node("Neg", ["x"], "h") }, Output = { Records.Info("y") } };

        using var model = OnnxReader.Read(Records.Model(graph).Bytes());

        model.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Neg", "Abs"]);
    }

    [Fact]
    public void AWeightListedAsInputIsOneValue()
    {
        var weight = Records.Tensor(ElementType.UInt8, 1);
        weight.Int32Data.Add(5);
        var graph = Records.Holding(weight);
        graph.Input.Add(Records.Info("w", ElementType.UInt8, 1));
        var record = Records.Model(graph);
        record.IrVersion = 3;

        using var model = OnnxReader.Read(record.Bytes());
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        var value = again.Graph.Initializers.ShouldHaveSingleItem();
        value.ShouldBeSameAs(again.Graph.Inputs.ShouldHaveSingleItem());
        value.Constant.ShouldNotBeNull();
        again.Graph.RequiredInputs.ShouldBeEmpty();
    }

    [Fact]
    public void ADefaultThatCallersMayOverrideIsNoConstant()
    {
        var weight = Records.Tensor(ElementType.UInt8, 1);
        weight.Int32Data.Add(5);
        var graph = Records.Holding(weight);
        graph.Input.Add(Records.Info("w", ElementType.UInt8, 1));

        using var model = OnnxReader.Read(Records.Model(graph).Bytes());

        model.Graph.Initializers[0].ShouldSatisfyAllConditions(value => value.IsOverridable.ShouldBeTrue(), value => value.Constant.ShouldBeNull());
    }

    [Fact]
    public void TheTwoNamesOfOnnxsOwnOperatorsAreOne()
    {
        var node = Records.Node("Relu", ["x"], "y");
        node.Domain = "ai.onnx";
        var record = Records.Model(new GraphProto { Name = "graph", Input = { Records.Info("x") }, Node = { node }, Output = { Records.Info("y") } });
        record.OpsetImport[0].Domain = "ai.onnx";

        using var model = OnnxReader.Read(record.Bytes());

        model.Opset.ShouldBe(17);
        model.Graph.Nodes[0].Is("Relu").ShouldBeTrue();
    }

    [Fact]
    public void TypesOfInnerValuesAreReadAndWritten()
    {
        var graph = new GraphProto { Name = "graph", Input = { Records.Info("x") }, Node = { Records.Node("Neg", ["x"], "h"), Records.Node("Abs", ["h"], "y") }, Output = { Records.Info("y") } };
        graph.ValueInfo.Add(Records.Info("h", ElementType.Float32, 3, 4));

        using var model = OnnxReader.Read(Records.Model(graph).Bytes());
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        again.Graph.Nodes[0].Output.Shape.ShouldBe(Shape.Of(3, 4));
    }

    [Fact]
    public void WeightsCannotBeReadAfterTheModelIsDisposed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{nameof(WeightsCannotBeReadAfterTheModelIsDisposed)}.onnx");
        using (var built = BuiltModels.WithWeight(new float[4096]))
            OnnxWriter.Write(built, path);
        var model = OnnxReader.Read(path);
        var tensor = model.Graph.Initializers[0].Initializer!;
        var memory = tensor.Data.Memory;
        model.Dispose();
        model.Dispose();

        Should.Throw<ObjectDisposedException>(() => tensor.Data.Span.ToArray());
        Should.Throw<ObjectDisposedException>(() => tensor.Data.Read(0, new byte[4]));
        Should.Throw<ObjectDisposedException>(() => memory.ToArray());
        File.Delete(path);
    }

    private static AttributeProto Branch(string name, GraphProto graph) => new() { Name = name, Type = (int)AttributeKind.Graph, G = graph };
}
