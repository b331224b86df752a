using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Opset;

/// <summary>Lifts one-operator models and compares them with the original in ONNX Runtime.</summary>
internal static class Lifting
{
    /// <summary>A model of one node with one input, x; other inputs are initializers.</summary>
    public static Model OfOneNode(long opset, string opType, Tensor x, Attributes? attributes = null, params Tensor[] initializers)
    {
        var builder = new GraphBuilder(opset);
        var inputs = new List<Value?> { builder.Input("x", x.Type, x.Dims) };
        inputs.AddRange(initializers.Select((tensor, i) => builder.Initializer($"w{i}", tensor)));
        builder.Output(builder.Node(opType, inputs, attributes), "y", new TensorType(ElementType.Float32, null));
        return builder.Model;
    }

    /// <summary>Lifts a copy, checks that ONNX Runtime computes the same with it, and hands it back.</summary>
    public static Model LiftsTo(long target, Model original, Tensor x)
    {
        var lifted = original.Clone();
        PassRunner.Run(lifted, [new LiftOpset(target), new RaiseIrVersion()], new PassContext());

        lifted.Opset.ShouldBe(target);
        var expected = Run(original, x);
        var actual = Run(lifted, x);
        actual.Dims.ToArray().ShouldBe(expected.Dims.ToArray());
        actual.ToFloats().ShouldBe(expected.ToFloats(), 1e-5);
        return lifted;
    }

    public static DiagnosticException RefusesToLift(long target, Model original) =>
        Should.Throw<DiagnosticException>(() => PassRunner.Run(original, [new LiftOpset(target)], new PassContext()));

    /// <summary>Numbers between −2 and 2 that do not follow the order of the elements.</summary>
    public static Tensor Noise(params long[] dims)
    {
        var random = new Random(17);
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() * 4) - 2;
        return Tensor.Of(values, dims);
    }

    private static Tensor Run(Model model, Tensor x)
    {
        using var running = OrtModel.Load(OnnxWriter.ToBytes(model), ExecutionOptions.AsWritten);
        return running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = x }).Values.Single();
    }
}

/// <summary>Attributes of a node in a test.</summary>
internal sealed class Attributes() : Dictionary<string, AttributeValue>(StringComparer.Ordinal);
