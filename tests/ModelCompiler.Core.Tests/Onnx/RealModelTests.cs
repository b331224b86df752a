using System.Security.Cryptography;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests.Onnx;

public sealed class RealModelTests
{
    public static TheoryData<string> Models => new(SharedData.Models());

    [Theory]
    [MemberData(nameof(Models))]
    public void IsTheSameAfterWritingAndReading(string file)
    {
        using var model = OnnxReader.Read(SharedData.Require(file));
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        GraphText.Of(again).ShouldBe(GraphText.Of(model));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GivesTheSameResultsInOnnxRuntime(string file)
    {
        var path = SharedData.Require(file);
        using var model = OnnxReader.Read(path);

        Outcome(() => OrtModel.Load(OnnxWriter.ToBytes(model))).ShouldBe(Outcome(() => OrtModel.Load(path)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ACloneIsTheSameModel(string file)
    {
        using var model = OnnxReader.Read(SharedData.Require(file));
        using var clone = model.Clone();

        GraphText.Of(clone).ShouldBe(GraphText.Of(model));
        OnnxWriter.ToBytes(clone).AsSpan().SequenceEqual(OnnxWriter.ToBytes(model)).ShouldBeTrue();
    }

    /// <summary>The outputs for made-up inputs, or why there are none.</summary>
    private static string Outcome(Func<OrtModel> load)
    {
        try
        {
            using var model = load();
            var inputs = model.Inputs.ToDictionary(input => input.Name, MadeUp, StringComparer.Ordinal);
            return string.Join('\n', model.Run(inputs).Select(output => $"{output.Key} {output.Value} {Convert.ToHexString(SHA256.HashData(output.Value.Data.Span))}"));
        }
        catch (DiagnosticException refused)
        {
            return refused.Message;
        }
    }

    private static Tensor MadeUp(ValueSignature input)
    {
        var dims = (input.Shape ?? []).Select((dimension, axis) => dimension.Size ?? (axis == 0 ? 1 : 32)).ToArray();
        var count = dims.Aggregate(1L, (product, size) => product * size);
        if (input.ElementType == ElementType.String)
            return Tensor.OfStrings([.. Enumerable.Repeat<ReadOnlyMemory<byte>>("word"u8.ToArray(), (int)count)], dims);
        if (input.ElementType == ElementType.Float32)
            return Tensor.Of([.. Enumerable.Range(0, (int)count).Select(i => MathF.Sin(i))], dims);
        return new Tensor(input.ElementType, dims, new ManagedTensorData(new byte[input.ElementType.ByteLength(count)]));
    }
}
