using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The weight of an LSTM [directions, rows, inputs] as the integer operator reads it.</summary>
/// <param name="Integers">int8 [directions, inputs, rows].</param>
/// <param name="Scales">[directions, rows]</param>
/// <param name="ZeroPoints">int8 [directions, rows], all 0.</param>
internal sealed record RecurrentWeight(Tensor Integers, Tensor Scales, Tensor ZeroPoints)
{
    public static RecurrentWeight Quantize(Tensor weight, IntegerFormat format)
    {
        var (directions, rows, inputs) = (weight.Dims[0], weight.Dims[1], weight.Dims[2]);
        var matrix = weight.Reshape(directions * rows, inputs);
        var layout = ChannelLayout.Of(matrix.Dims, 0);
        var scales = WeightScales.Covering(matrix, layout, format);
        var integers = new RoundToNearest().Round(matrix, layout, scales, format);
        var transposed = new List<sbyte>(integers.Length);
        for (var direction = 0; direction < directions; direction++)
            transposed.AddRange(ProductWeight.Transposed<sbyte>(integers.AsSpan((int)(direction * rows * inputs), (int)(rows * inputs)), (int)rows, (int)inputs));
        var data = new ManagedTensorData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(transposed)).ToArray());
        return new(
            new Tensor(ElementType.Int8, [directions, inputs, rows], data) { ExternalFile = weight.ExternalFile },
            Tensor.Of(scales, directions, rows),
            Tensor.Of(new sbyte[directions * rows], directions, rows));
    }
}
