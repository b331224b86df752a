using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Layout;

/// <summary>One quantized model in two forms: Q/DQ, of which ONNX Runtime makes integer operators, and the operators that we write, channels last.</summary>
internal sealed record IntegerTwin(Model Qdq, Model Written)
{
    public static IntegerTwin Of(Model model, QuantizationScheme? scheme = null)
    {
        var (numbers, written) = (scheme ?? X64, Compile(model, "int8", scheme).Model);
        return new(Compile(model, "int8", numbers with { ChannelsLast = false }).Model, written);
    }

    public int Count(string opType) => Written.Graph.Nodes.Count(node => node.OpType == opType);

    /// <summary>Both give exactly the same numbers, since the same kernels work on the same integers.</summary>
    public IntegerTwin GiveTheSame(long batch = 1, string? because = null)
    {
        GraphVerifier.Verify(Written).ShouldBeEmpty(because);
        using var qdq = OrtModel.Load(Qdq);
        using var written = OrtModel.Load(Written);
        for (var seed = 0; seed < 3; seed++)
        {
            var inputs = RandomTensors.ForInputs(Qdq, seed, batch);
            OutputComparison.Difference(qdq.Run(inputs), written.Run(inputs), tolerance: 0).ShouldBeNull(because);
        }

        return this;
    }
}
