using System.Runtime.InteropServices;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>In which order the elements of a layer's weight lie: what is asked for each of them is read from the node only once.</summary>
/// <param name="Outputs">Output channels.</param>
/// <param name="InputsOfGroup">Input channels that an output channel reads.</param>
/// <param name="Kernel">Elements for each of them.</param>
/// <param name="Groups">Of a Conv; else 1.</param>
/// <param name="OutputsFirst">[O, I/group, k…] of a Conv or [O, I] of a transposed matrix; else [I, O].</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WeightOrder(int Outputs, int InputsOfGroup, int Kernel, int Groups, bool OutputsFirst)
{
    public int Inputs => InputsOfGroup * Groups;

    /// <param name="node">A Conv, or a Gemm or MatMul whose second input is the weight.</param>
    /// <param name="weight">The weight.</param>
    public static WeightOrder Of(Node node, Tensor weight)
    {
        var dims = weight.Dims;
        if (node.Is("Conv"))
            return new((int)dims[0], (int)dims[1], ChannelLayout.Of(dims, 1).Inner, (int)node.GetInt("group", 1), true);
        var isTransposed = node.Is("Gemm") && node.GetInt("transB", 0) != 0;
        return isTransposed ? new((int)dims[0], (int)dims[1], 1, 1, true) : new((int)dims[1], (int)dims[0], 1, 1, false);
    }

    /// <summary>The output channel that an element adds to, and the input channel that it is multiplied by.</summary>
    public (int Output, int Input) ChannelsOf(int element)
    {
        if (!OutputsFirst)
        {
            var (row, column) = Math.DivRem(element, Outputs);
            return (column, row);
        }

        var (output, within) = Math.DivRem(element, InputsOfGroup * Kernel);
        var group = output / (Outputs / Groups);
        return (output, (group * InputsOfGroup) + (within / Kernel));
    }
}
