using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Upsample and Resize through their changes at versions 10, 11 and 13.</summary>
internal static class LiftResize
{
    /// <summary>Upsample(x, scales)  =>  Resize(x, scales), the same under a new name.</summary>
    public static void FromUpsample(Node node, GraphEdit edit)
    {
        edit.Remove(node);
        edit.AddNode("Resize", [.. node.Inputs], node.Outputs, node.Attributes);
    }

    /// <summary>
    /// Resize(x, scales)  =>  Resize(x, roi, scales). Version 10 maps an output pixel to x / scale; for the nearest one it takes the pixel
    /// at or before that place when it enlarges, at or after it when it shrinks.
    /// </summary>
    public static void SayCoordinates(Node node, GraphEdit edit)
    {
        var scales = node.Input(1);
        edit.SetInput(node, 1, edit.AddInitializer("roi", Tensor.Vector<float>()));
        edit.SetInput(node, 2, scales);
        edit.SetAttribute(node, "coordinate_transformation_mode", "asymmetric");
        if (node.GetString("mode", "nearest") == "nearest")
            edit.SetAttribute(node, "nearest_mode", Rounding(scales));
    }

    /// <summary>From version 13 on, <c>roi</c> and <c>scales</c> that carry nothing are left out.</summary>
    public static void LeaveOutEmptyInputs(Node node, GraphEdit edit)
    {
        foreach (var index in new[] { 1, 2 })
        {
            if (node.Input(index)?.Constant is { Count: 0 })
                edit.SetInput(node, index, null);
        }
    }

    private static string Rounding(Value? scales)
    {
        if (scales?.Constant is not { } known)
            throw new NotLiftableException("its scales are computed, and how it rounds depends on them");
        var factors = known.ToFloats();
        if (Array.TrueForAll(factors, factor => factor >= 1))
            return "floor";
        return Array.TrueForAll(factors, factor => factor <= 1)
            ? "ceil"
            : throw new NotLiftableException("it enlarges one axis and shrinks another, which round differently");
    }
}
