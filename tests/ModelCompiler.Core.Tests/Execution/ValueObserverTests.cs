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

    [Theory]
    [InlineData(1, 1, true)]   // the parts lie one behind the other
    [InlineData(-3, 1, true)]
    [InlineData(1, 2, false)]  // they alternate
    [InlineData(2, 1, false)]
    [InlineData(0, 2, true)]
    public void SeesWhatAConcatReadsWithinWhatItMakes(int axis, int batch, bool areParts)
    {
        var (model, values) = Joined(axis, batch);
        ConcatPart.Of(model, values.Select(value => value.Name).ToHashSet(StringComparer.Ordinal)).Select(part => part.Name).ShouldBe(areParts ? values.Take(2).Select(value => value.Name) : []);
        var inputs = Enumerable.Range(0, batch * 2 * 3 * 4).Select(i => i - 7f).ToArray();
        using var observer = ValueObserver.Of(model, values);
        var copied = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var sample = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(inputs, batch, 2, 3, 4) };

        observer.Observe(sample, copied.Add);
        using var run = observer.Look(sample);

        copied.Keys.ShouldBe(values.Select(value => value.Name), ignoreOrder: true);
        observer.Observed.ShouldBe(copied.Keys, ignoreOrder: true);
        copied[values[0].Name].ToFloats().ShouldBe(inputs.Select(value => Math.Max(0, value)));
        copied[values[1].Name].ToFloats().ShouldBe(inputs.Select(value => -value));
        foreach (var (name, tensor) in run.Values)
        {
            tensor.Dims.SequenceEqual(copied[name].Dims).ShouldBeTrue();
            tensor.ToFloats().ShouldBe(copied[name].ToFloats());
        }
    }

    [Fact]
    public void APartOfWhatNobodyLooksAtIsSeenItself()
    {
        var (model, values) = Joined(1, 1);

        ConcatPart.Of(model, new HashSet<string>(StringComparer.Ordinal) { values[0].Name }).ShouldBeEmpty();
        using var observer = ValueObserver.Of(model, [values[0]]);

        observer.Observed.ShouldBe([values[0].Name]);
    }

    /// <summary>Relu(x), −x, and both one behind the other.</summary>
    private static (Model Model, Value[] Values) Joined(int axis, int batch)
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, batch, 2, 3, 4);
        Value[] parts = [builder.Node("Relu", [x]), builder.Node("Neg", [x])];
        var joined = builder.Node("Concat", parts, new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = (long)axis });
        builder.Output(builder.Node("Neg", [joined]), "y");
        return (builder.Model, [.. parts, joined]);
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
