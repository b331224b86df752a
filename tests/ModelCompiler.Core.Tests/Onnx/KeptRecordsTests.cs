using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

/// <summary>What the graph does not model goes through reading and writing unchanged.</summary>
public sealed class KeptRecordsTests
{
    [Fact]
    public void DocumentationAndUnknownFieldsOfEveryRecordAreKept()
    {
        var weight = Weight("w").WithUnknownField();
        weight.MergeFrom(new TensorProto { Name = "w" });
        var attribute = new AttributeProto { Name = "alpha", Type = (int)AttributeKind.Float, F = 0.5f, DocString = "slope" }.WithUnknownField();
        var node = Records.Node("LeakyRelu", ["x"], "h").WithUnknownField();
        node.Name = "leaky";
        node.DocString = "says more";
        node.Attribute.Add(attribute);
        var graph = new GraphProto
        {
            Name = "graph",
            DocString = "a graph",
            Input = { Info("x") },
            Initializer = { weight },
            Node = { node, Records.Node("Add", ["h", "w"], "y") },
            ValueInfo = { Info("h") },
            Output = { Info("y") },
        }.WithUnknownField();
        var model = Records.Model(graph).WithUnknownField();
        model.ProducerName = "trainer";
        model.ModelVersion = 3;
        model.DocString = "";
        model.MetadataProps.Add(new StringStringEntryProto { Key = "license", Value = "MIT" });

        ShouldBeKept(model);
    }

    [Fact]
    public void TheWordingOfATypeIsKeptWhileTheTypeIsTheSame()
    {
        var info = Info("x");
        info.Type.Denotation = "IMAGE";
        info.Type.TensorType.Shape.Dim[0].DimValue = -1;
        var model = Records.Model(new GraphProto { Name = "graph", Input = { info }, Node = { Records.Node("Relu", ["x"], "y") }, Output = { Info("y") } });

        ShouldBeKept(model);
        using var read = OnnxReader.Read(model.Bytes());
        read.Graph.Inputs[0].Shape![0].ShouldBe(Dimension.Unknown);
    }

    [Fact]
    public void AChangedTypeReplacesTheWording()
    {
        var info = Info("x");
        info.Type.Denotation = "IMAGE";
        using var model = OnnxReader.Read(Records.Model(new GraphProto { Name = "graph", Input = { info }, Output = { Info("x") } }).Bytes());

        model.Graph.Inputs[0].Type = new TensorType(ElementType.UInt8, Shape.Of(4));

        var written = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(model));
        written.Graph.Input[0].Type.ShouldBe(Records.Info("x", ElementType.UInt8, 4).Type);
    }

    [Fact]
    public void FunctionsTrainingAndSparseTensorsAreCarriedWithTheirWeights()
    {
        ShouldBeKept(Carried());

        using var read = OnnxReader.Read(Carried().Bytes());
        read.Functions.ShouldHaveSingleItem().Name.ShouldBe("Scale");
        read.Graph.Nodes[0].ShouldSatisfyAllConditions(node => node.OpType.ShouldBe("Constant"), node => node.Output.Name.ShouldBe("s"));
    }

    [Fact]
    public void ValuesAndAttributesOfOtherKindsAreCarried()
    {
        var sequence = new ValueInfoProto { Name = "list", Type = new TypeProto { SequenceType = new() { ElemType = Info("").Type } } };
        var map = new ValueInfoProto { Name = "table", Type = new TypeProto { MapType = new() { KeyType = 7, ValueType = Info("").Type } } };
        var optional = new ValueInfoProto { Name = "maybe", Type = new TypeProto { OptionalType = new() { ElemType = sequence.Type } } };
        var node = Records.Node("Optional", [], "maybe");
        node.Attribute.Add(new AttributeProto { Name = "type", Type = (int)AttributeKind.Type, Tp = sequence.Type });
        node.Attribute.Add(new AttributeProto { Name = "future", Type = 99 }.WithUnknownField());
        var model = Records.Model(new GraphProto { Name = "graph", Input = { sequence, map }, Node = { node }, Output = { optional } });

        ShouldBeKept(model);
        using var read = OnnxReader.Read(model.Bytes());
        read.Graph.Inputs.Select(input => input.Type!.ToString()).ShouldBe(["seq(tensor(float))", "map(int64,tensor(float))"]);
        read.Graph.Outputs[0].Type!.ToString().ShouldBe("optional(seq(tensor(float)))");
    }

    [Fact]
    public void EveryKindOfAttributeIsKept()
    {
        var node = Records.Node("Custom", ["", "x", ""], "y", "", "z");
        node.Domain = "custom";
        node.Attribute.Add(
        [
            new AttributeProto { Name = "i", Type = (int)AttributeKind.Int, I = 0 },
            new AttributeProto { Name = "f", Type = (int)AttributeKind.Float, F = float.NaN },
            new AttributeProto { Name = "s", Type = (int)AttributeKind.Bytes, S = ByteString.CopyFrom(0xFF) },
            new AttributeProto { Name = "ints", Type = (int)AttributeKind.Ints, Ints = { 1, -2 } },
            new AttributeProto { Name = "none", Type = (int)AttributeKind.Ints },
            new AttributeProto { Name = "floats", Type = (int)AttributeKind.Floats, Floats = { 1, -2 } },
            new AttributeProto { Name = "strings", Type = (int)AttributeKind.ManyBytes, Strings = { ByteString.CopyFromUtf8("a"), ByteString.Empty } },
            new AttributeProto { Name = "tensor", Type = (int)AttributeKind.Tensor, T = Weight("") },
            new AttributeProto { Name = "tensors", Type = (int)AttributeKind.Tensors, Tensors = { Weight("a"), Weight("b") } },
            new AttributeProto { Name = "graph", Type = (int)AttributeKind.Graph, G = Identity("inner") },
            new AttributeProto { Name = "graphs", Type = (int)AttributeKind.Graphs, Graphs = { Identity("p"), Identity("q") } },
        ]);
        var model = Records.Model(new GraphProto { Name = "graph", Input = { Info("x") }, Node = { node }, Output = { Info("y"), Info("z") } });

        ShouldBeKept(model);
        using var read = OnnxReader.Read(model.Bytes());
        read.Graph.Nodes[0].Inputs.Select(input => input?.Name).ShouldBe([null, "x", null]);
        read.Graph.Nodes[0].Outputs.Select(output => output?.Name).ShouldBe(["y", null, "z"]);
    }

    /// <summary>A function, a training step and a sparse weight, each with a tensor that stays in the file.</summary>
    internal static ModelProto Carried()
    {
        var sparse = new SparseTensorProto { Values = Weight("s"), Indices = Indices(), Dims = { 10_000 } };
        var constant = Records.Node("Constant", [], "c");
        constant.Attribute.Add(new AttributeProto { Name = "value", Type = (int)AttributeKind.Tensor, T = Weight("") });
        var graph = new GraphProto
        {
            Name = "graph",
            Node = { new NodeProto { OpType = "Scale", Domain = "custom", Input = { "s" }, Output = { "y" } } },
            SparseInitializer = { sparse },
            Output = { Info("y") },
        };
        var model = Records.Model(graph);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "custom", Version = 1 });
        model.Functions.Add(new FunctionProto { Name = "Scale", Domain = "custom", Input = { "a" }, Output = { "b" }, Node = { constant, Records.Node("Mul", ["a", "c"], "b") } });
        model.TrainingInfo.Add(new TrainingInfoProto { Algorithm = new GraphProto { Name = "step", Initializer = { Weight("rate") } } });
        return model;
    }

    private static void ShouldBeKept(ModelProto model)
    {
        using var read = OnnxReader.Read(model.Bytes());
        using var clone = read.Clone();

        ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(read)).ShouldBe(model);
        ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(clone)).ShouldBe(model);
    }

    private static ValueInfoProto Info(string name) => Records.Info(name, ElementType.Float32, 2000);

    /// <summary>Large enough to stay in the file.</summary>
    private static TensorProto Weight(string name)
    {
        var weight = Records.Tensor(ElementType.Float32, 2000);
        weight.RawData = ByteString.CopyFrom(Enumerable.Range(0, 8000).Select(i => (byte)(i % 251)).ToArray());
        weight.Name = name;
        return weight;
    }

    private static TensorProto Indices()
    {
        var indices = Records.Tensor(ElementType.Int64, 2000);
        indices.RawData = ByteString.CopyFrom(Enumerable.Range(0, 2000).SelectMany(i => BitConverter.GetBytes((long)i)).ToArray());
        return indices;
    }

    private static GraphProto Identity(string name) => new()
    {
        Name = name,
        Node = { Records.Node("Identity", ["x"], $"{name}_y") },
        Output = { new ValueInfoProto { Name = $"{name}_y" } },
    };
}
