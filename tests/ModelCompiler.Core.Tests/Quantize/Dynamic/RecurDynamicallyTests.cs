using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Dynamic;

public sealed class RecurDynamicallyTests
{
    private const int Inputs = 112;
    private const int Hidden = 96;

    [Theory]
    [InlineData("forward", 1)]
    [InlineData("reverse", 1)]
    [InlineData("bidirectional", 2)]
    public void RunsAnLstmInIntegers(string direction, int directions)
    {
        var model = Lstm(direction, directions);

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["DynamicQuantizeLSTM"]);
        compiled.Graph.Outputs.Select(output => output.Name).ShouldBe(["y", "h", "c"]);
        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 32 / 100);
        SqnrDb(model, compiled).ShouldBeGreaterThan(28);
        ModelCost.Of(compiled).Macs.ShouldBe(ModelCost.Of(model).Macs);
    }

    [Fact]
    public void HasWeightsThatMeanTheSameToOnnxRuntime()
    {
        // Each row of a weight holds whole steps of its own scale and the greatest of them, so that rounding them loses nothing; inputs of 0 and 1 lose nothing either.
        var model = Lstm("forward", 1, steps: 1, (seed, rows, columns) => [.. Enumerable.Range(0, rows * columns).Select(i =>
            (i % columns == 0 ? 63 : ((i * 7) + seed) % 63) * 0.001f * (1 + (i / columns % 5)))]);
        var compiled = Compile(model, "int8-dynamic").Model;
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["x"] = Tensor.Of([.. Enumerable.Range(0, Inputs).Select(i => i % 16 == 0 ? 1f : 0f)], 1, 1, Inputs),
            ["h0"] = Tensor.Of(new float[Hidden], 1, 1, Hidden),
            ["c0"] = Tensor.Of(new float[Hidden], 1, 1, Hidden),
        };

        ModelOutputs.SqnrDb(model, compiled, inputs).ShouldBeGreaterThan(80);
    }

    [Fact]
    public void LeavesSmallOnesAndWeightsThatTwoShare()
    {
        var small = Lstm("forward", 1).Clone();
        var scheme = X64 with { DynamicFromMultiplications = 1_000_000 };
        var context = new PassContext();
        PassRunner.Run(small, [new RecurDynamically(scheme)], context);
        context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("too small");

        var builder = new GraphBuilder(14);
        var x = builder.Input("x", ElementType.Float32, 2, 1, Hidden);
        var (w, r) = (builder.Initializer("w", Weights(1, 1, 4 * Hidden, Hidden)), builder.Initializer("r", Weights(2, 1, 4 * Hidden, Hidden)));
        var hidden = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["hidden_size"] = (long)Hidden };
        var first = builder.Node("Squeeze", [builder.Nodes("LSTM", [x, w, r], 1, hidden)[0], builder.Initializer("axis", Tensor.Vector(1L))]);
        var shared = builder.WithOutput(builder.Nodes("LSTM", [first, w, r], 1, hidden)[0]);
        context = new PassContext();
        PassRunner.Run(shared, [new RecurDynamically(X64)], context);
        context.Log.ShouldBeEmpty();
        context.Declined.Count.ShouldBe(2);
    }

    private static Model Lstm(string direction, int directions, int steps = 6, Func<int, int, int, float[]>? weights = null)
    {
        weights ??= (seed, rows, columns) => Weights(seed, rows, columns).ToFloats();
        var builder = new GraphBuilder(14);
        var x = builder.Input("x", ElementType.Float32, steps, 1, Inputs);
        var (h, c) = (builder.Input("h0", ElementType.Float32, directions, 1, Hidden), builder.Input("c0", ElementType.Float32, directions, 1, Hidden));
        var w = builder.Initializer("w", Tensor.Of(weights(1, directions * 4 * Hidden, Inputs), directions, 4 * Hidden, Inputs));
        var r = builder.Initializer("r", Tensor.Of(weights(2, directions * 4 * Hidden, Hidden), directions, 4 * Hidden, Hidden));
        var b = builder.Initializer("b", Weights(3, directions, 8 * Hidden));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["hidden_size"] = (long)Hidden, ["direction"] = direction };
        var outputs = builder.Nodes("LSTM", [x, w, r, b, null, h, c], 3, attributes);
        foreach (var (output, name) in outputs.Zip(["y", "h", "c"]))
            builder.Output(output, name, new TensorType(ElementType.Float32, null));
        return builder.Model;
    }
}
