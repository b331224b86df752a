using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Changes of a name or of an attribute's default: the old meaning is written out under its new name.</summary>
internal static class Rename
{
    /// <summary>Scatter  =>  ScatterElements.</summary>
    public static void ScatterElements(Node node, GraphEdit edit)
    {
        edit.Remove(node);
        edit.AddNode("ScatterElements", [.. node.Inputs], node.Outputs, node.Attributes);
    }

    /// <summary>Until version 16 RoiAlign did not shift coordinates by half a pixel; since then that is the default.</summary>
    public static void RoiAlignCoordinates(Node node, GraphEdit edit) =>
        edit.SetAttribute(node, "coordinate_transformation_mode", "output_half_pixel");

    /// <summary>From version 18 on an equal split must say into how many parts.</summary>
    public static void SayNumberOfOutputs(Node node, GraphEdit edit)
    {
        if (node.Input(1) is null)
            edit.SetAttribute(node, "num_outputs", node.Outputs.Count);
    }

    /// <summary>bilinear  =>  linear, bicubic  =>  cubic.</summary>
    public static void GridSampleMode(Node node, GraphEdit edit)
    {
        var mode = node.GetString("mode", "bilinear");
        if (mode is "bilinear" or "bicubic")
            edit.SetAttribute(node, "mode", mode[2..]);
    }
}
