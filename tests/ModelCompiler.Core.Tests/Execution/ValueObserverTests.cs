using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests.Execution;

public sealed class ValueObserverTests
{
    [Fact]
    public void SeesInputsOutputsAndWhatLiesBetween()
    {
        var (model, between) = Negated();
        using var observer = ValueObserver.Of(model, [model.Graph.Inputs[0], between, model.Graph.Outputs[0]]);
        var seen = new Dictionary<string, float[]>(StringComparer.Ordinal);

        observer.Observe(Input(1, -2), (name, tensor) => seen.Add(name, tensor.ToFloats()));

        seen.Keys.ShouldBe(["x", "y", between.Name], ignoreOrder: true);
        seen["x"].ShouldBe([1f, -2f]);
        seen[between.Name].ShouldBe([-1f, 2f]);
        seen["y"].ShouldBe([0f, 2f]);
    }

    [Fact]
    public void LeavesTheModelAsItIs()
    {
        var (model, between) = Negated();
        var before = GraphText.Of(model);

        ValueObserver.Of(model, [between]).Dispose();

        GraphText.Of(model).ShouldBe(before);
        between.IsGraphOutput.ShouldBeFalse();
    }

    [Fact]
    public void LeavesOutValuesThatAreNoTensors()
    {
        var builder = new GraphBuilder(17);
        var list = builder.Node("SequenceConstruct", [builder.Input("x", ElementType.Float32, 2)]);
        builder.Output(builder.Node("ConcatFromSequence", [list], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 0 }), "y");

        using var observer = ValueObserver.Of(builder.Model, [list, builder.Model.Graph.Outputs[0]]);

        observer.Observed.ShouldBe(["y"]);
    }

    [Fact]
    public void SeesEveryValueOfARealModel()
    {
        using var model = OnnxReader.Read(SharedData.Require("models/squeezenet/squeezenet_fp32.onnx"));
        var values = model.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().ToList();
        using var observer = ValueObserver.Of(model, values);
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);

        observer.Observe(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["data_0"] = Tensor.Of(new float[3 * 224 * 224], 1, 3, 224, 224) }, (name, tensor) => shapes.Add(name, tensor.Dims.ToArray()));

        shapes.Count.ShouldBe(values.Count);
        shapes["conv1_1"].ShouldBe([1L, 64L, 111L, 111L]);
    }

    private static (Model Model, Value Between) Negated()
    {
        var builder = new GraphBuilder(17);
        var between = builder.Node("Neg", [builder.Input("x", ElementType.Float32, 2)]);
        builder.Output(builder.Node("Relu", [between]), "y");
        return (builder.Model, between);
    }

    private static Dictionary<string, Tensor> Input(params float[] values) => new(StringComparer.Ordinal) { ["x"] = Tensor.Vector<float>(values) };
}
