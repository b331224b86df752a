using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Quantize.Existing.QuantizedParts;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>Every form of Q/DQ that ONNX has, in front of layers in float.</summary>
public sealed class FormsOfIntegersTests
{
    private const int Rows = 4;
    private const int Columns = 32;

    [Theory]
    [InlineData(ElementType.UInt8, "tensor", "")]
    [InlineData(ElementType.UInt8, "vector of one", "")]
    [InlineData(ElementType.UInt8, "axis", "integers with more than one scale")]
    [InlineData(ElementType.UInt8, "block", "integers with more than one scale")]
    [InlineData(ElementType.Int8, "tensor", "int8 integers")]
    [InlineData(ElementType.Int8, "axis", "int8 integers")]
    [InlineData(ElementType.UInt16, "tensor", "uint16 integers")]
    [InlineData(ElementType.Int16, "tensor", "int16 integers")]
    [InlineData(ElementType.UInt4, "tensor", "uint4 integers")]
    [InlineData(ElementType.Int4, "tensor", "int4 integers")]
    [InlineData(ElementType.Int4, "block", "int4 integers")]
    [InlineData(ElementType.Float8E4M3FN, "tensor", "float8e4m3fn integers")]
    [InlineData(ElementType.Float8E5M2, "tensor", "float8e5m2 integers")]
    public void TheTargetsIsTakenOverAndEveryOtherOneIsKept(ElementType type, string form, string foreign)
    {
        var model = InFrontOfLayers(type, form);

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        GraphVerifier.Verify(compiled).ShouldBeEmpty();
        compiled.ShouldKeepWhatIsStatedIn(model);
        compiled.ShouldQuantizeNothingTwice();
        summary!.Kept.Select(layer => layer.Reason.Split(" stand for")[0]).ShouldBe(foreign.Length > 0 ? [foreign] : []);
        summary.Integer.ShouldBe(foreign.Length > 0 ? 1 : 2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    /// <summary>x → Q/DQ → Reshape → MatMul → Tanh → MatMul.</summary>
    private static Model InFrontOfLayers(ElementType type, string form)
    {
        // ONNX Runtime 1.29 itself writes an invalid pair behind the Reshape for one int8 scale under operator set 21.
        var builder = type == ElementType.Int8 ? new GraphBuilder(13) : new GraphBuilder(21, irVersion: 10);
        long[] dims = form switch
        {
            "axis" => [Columns],
            "block" => [Rows, Columns / 16],
            "vector of one" => [1],
            _ => [],
        };
        var attributes = form switch
        {
            "axis" => Attributes("axis", 1L),
            "block" => new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L, ["block_size"] = 16L },
            _ => null,
        };
        var count = dims.Aggregate(1L, (product, dim) => product * dim);
        var zeroPoint = builder.Initializer("z", new Tensor(type, dims, new ManagedTensorData(new byte[type.ByteLength(count)])));
        var x = builder.Input(Rows, Columns);
        var scale = builder.Initializer("s", Tensor.Of(Enumerable.Repeat(type.BitWidth() == 4 ? 1 / 8f : 1 / 64f, (int)count).ToArray(), dims));
        var floats = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [x, scale, zeroPoint], attributes), scale, zeroPoint], attributes);
        var row = builder.Node("Reshape", [floats, builder.Initializer("shape", Tensor.Vector(1L, Rows * Columns))]);
        var hidden = builder.Node("Tanh", [builder.Node("MatMul", [row, builder.Initializer("w", Weights(1, Rows * Columns, 8))])]);
        return builder.WithOutput(builder.Node("MatMul", [hidden, builder.Initializer("v", Weights(2, 8, 4))]));
    }
}
