using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

public sealed class TensorFormTests
{
    public static TheoryData<ElementType, string> Forms => new()
    {
        { ElementType.Float32, "0000803F0000C0BF" },
        { ElementType.Float64, "000000000000F03F000000000000F8BF" },
        { ElementType.Complex64, "0000803F0000C0BF0000803F0000C0BF" },
        { ElementType.Complex128, "000000000000F03F000000000000F8BF000000000000F03F000000000000F8BF" },
        { ElementType.Int64, "0100000000000000FEFFFFFFFFFFFFFF" },
        { ElementType.UInt64, "0100000000000000FEFFFFFFFFFFFFFF" },
        { ElementType.UInt32, "01000000FEFFFFFF" },
        { ElementType.Int32, "01000000FEFFFFFF" },
        { ElementType.Int16, "0100FEFF" },
        { ElementType.UInt16, "0100FEFF" },
        { ElementType.Float16, "0100FEFF" },
        { ElementType.BFloat16, "0100FEFF" },
        { ElementType.Int8, "01FE" },
        { ElementType.UInt8, "01FE" },
        { ElementType.Float8E4M3FN, "01FE" },
        { ElementType.Float8E5M2FNUZ, "01FE" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void TypedFieldsBecomeTheRawForm(ElementType type, string raw)
    {
        using var model = OnnxReader.Read(Records.Model(Records.Holding(Typed(type))).Bytes());

        var tensor = model.Graph.Initializers.ShouldHaveSingleItem().Initializer!;
        tensor.Type.ShouldBe(type);
        tensor.Dims.ToArray().ShouldBe([2L]);
        Convert.ToHexString(tensor.Data.Span).ShouldBe(raw);
    }

    [Theory]
    [InlineData(ElementType.Int4, "21030F")]
    [InlineData(ElementType.UInt4, "21030F")]
    [InlineData(ElementType.Float4E2M1, "21030F")]
    public void SubByteElementsStayPacked(ElementType type, string raw)
    {
        var proto = Records.Tensor(type, 5);
        proto.Int32Data.Add(Convert.FromHexString(raw).Select(value => (int)value));

        using var model = OnnxReader.Read(Records.Model(Records.Holding(proto)).Bytes());

        Convert.ToHexString(model.Graph.Initializers[0].Initializer!.Data.Span).ShouldBe(raw);
    }

    [Fact]
    public void StringsKeepTheirBytes()
    {
        var proto = Records.Tensor(ElementType.String, 2);
        proto.StringData.Add([ByteString.CopyFromUtf8("mañana"), ByteString.CopyFrom(0xFF, 0x00)]);

        using var model = OnnxReader.Read(Records.Model(Records.Holding(proto)).Bytes());
        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        again.Graph.Initializers[0].Initializer!.Strings.Select(text => text.ToArray()).ShouldBe([[.. "mañana"u8], [0xFF, 0x00]]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ALargePayloadIsTheSameHoweverItIsStored(bool packed)
    {
        var values = Enumerable.Range(0, 5000).Select(i => i / 7f).ToArray();
        var proto = Records.Tensor(ElementType.Float32, values.Length);
        if (packed)
            proto.FloatData.Add(values);
        else
            proto.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));

        using var model = OnnxReader.Read(Records.Model(Records.Holding(proto)).Bytes());

        model.Graph.Initializers[0].Initializer!.Span<float>().SequenceEqual(values).ShouldBeTrue();
    }

    [Fact]
    public void APlaceThatTheFileItselfClaimsIsNotBelieved()
    {
        var proto = Records.Tensor(ElementType.UInt8, 2);
        proto.RawData = ByteString.CopyFrom(1, 2);
        proto.PayloadField = 9;
        proto.PayloadOffset = 1L << 40;
        proto.PayloadLength = 2;

        using var model = OnnxReader.Read(Records.Model(Records.Holding(proto)).Bytes());

        model.Graph.Initializers[0].Initializer!.Data.Span.ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void FloatsInATensorOfAnotherTypeAreNoData()
    {
        var proto = Records.Tensor(ElementType.Int32, 1000);
        proto.FloatData.Add(new float[1000]);

        Should.Throw<DiagnosticException>(() => OnnxReader.Read(Records.Model(Records.Holding(proto)).Bytes()))
            .Diagnostic.Rule.ShouldBe(DiagnosticRules.SizeMismatch);
    }

    [Fact]
    public void AnEmptyTensorNeedsNoData()
    {
        using var model = OnnxReader.Read(Records.Model(Records.Holding(Records.Tensor(ElementType.Float32, 0, 3))).Bytes());

        model.Graph.Initializers[0].Initializer!.Count.ShouldBe(0);
    }

    [Fact]
    public void ReadsATensorOfTheTestData()
    {
        var tensor = OnnxReader.ReadTensor(Typed(ElementType.Float32).ToByteArray());

        tensor.Span<float>().ToArray().ShouldBe([1f, -1.5f]);
    }

    private static TensorProto Typed(ElementType type)
    {
        var proto = Records.Tensor(type, 2);
        switch (type)
        {
            case ElementType.Float32: proto.FloatData.Add([1f, -1.5f]); break;
            case ElementType.Complex64: proto.FloatData.Add([1f, -1.5f, 1f, -1.5f]); break;
            case ElementType.Float64: proto.DoubleData.Add([1d, -1.5d]); break;
            case ElementType.Complex128: proto.DoubleData.Add([1d, -1.5d, 1d, -1.5d]); break;
            case ElementType.Int64: proto.Int64Data.Add([1L, -2L]); break;
            case ElementType.UInt64: proto.Uint64Data.Add([1UL, ulong.MaxValue - 1]); break;
            case ElementType.UInt32: proto.Uint64Data.Add([1UL, uint.MaxValue - 1]); break;
            case ElementType.UInt16 or ElementType.Float16 or ElementType.BFloat16: proto.Int32Data.Add([1, ushort.MaxValue - 1]); break;
            case ElementType.UInt8 or ElementType.Float8E4M3FN or ElementType.Float8E5M2FNUZ: proto.Int32Data.Add([1, byte.MaxValue - 1]); break;
            default: proto.Int32Data.Add([1, -2]); break;
        }

        return proto;
    }
}
