using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Memory;

/// <summary>The measurement itself, in the process that has nothing else to do.</summary>
public static class OwnMemory
{
    /// <summary>The first run allocates, the second one shows whether more is needed than that.</summary>
    private const int Runs = 2;

    /// <summary>A model that does nothing: loading it brings in what ONNX Runtime takes for itself.</summary>
    private static readonly Lazy<Model> Smallest = new(() =>
    {
        var builder = new GraphBuilder(13);
        var type = new TensorType(ElementType.Float32, Shape.Of(1));
        return builder.Output(builder.Node("Identity", [builder.Input("x", type)]), "y", type).Model;
    });

    /// <summary>Bytes that loading and running added at their peak to what the process had before; null where the system does not tell.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model or the inputs.</exception>
    public static long? AddedBy(MemoryRequest request)
    {
        var inputs = request.Inputs.ToDictionary(input => input.Name, Zeros, StringComparer.Ordinal);
        OrtModel.Load(Smallest.Value).Dispose();
        var before = ProcessMemory.Bytes;
        using var model = OrtModel.Load(request.Model);
        for (var run = 0; run < Runs; run++)
            model.Run(inputs, model.ReadableOutputs);
        return ProcessMemory.PeakBytes - before is { } added ? Math.Max(0, added) : null;
    }

    private static Tensor Zeros(MemoryInput input)
    {
        var count = input.Dims.Aggregate(1L, (product, size) => checked(product * size));
        return input.Type == ElementType.String
            ? Tensor.OfStrings(new ReadOnlyMemory<byte>[count], input.Dims)
            : new Tensor(input.Type, input.Dims, new ManagedTensorData(new byte[input.Type.ByteLength(count)]));
    }
}
