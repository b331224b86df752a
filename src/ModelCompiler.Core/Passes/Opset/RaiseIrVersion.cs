using System.Globalization;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Passes;

/// <summary>Raises the file format's version to the one that the operator set came with, and to 4 at least.</summary>
/// <remarks>
/// From version 4 on an initializer that is listed as an input is a default which callers may override: those of older files,
/// which could not be, are taken off the list first. Source: the table of released versions in the ONNX specification (Versioning.md).
/// </remarks>
public sealed class RaiseIrVersion : IGraphPass
{
    private static readonly (long Opset, long Ir)[] Released = [(23, 11), (21, 10), (19, 9), (15, 8), (12, 7), (11, 6), (10, 5), (1, 4)];

    private readonly UnlistInitializers _unlist = new();

    public void Run(Graph graph, PassContext context)
    {
        _unlist.Run(graph, context);
        var model = graph.Model;
        var needed = Released.First(release => model.Opset >= release.Opset).Ir;
        if (graph.Parent is not null || model.IrVersion >= needed)
            return;
        var edit = new GraphEdit(graph, string.Create(CultureInfo.InvariantCulture, $"raise the format's version from {model.IrVersion} to {needed}"));
        edit.SetIrVersion(needed);
        context.Apply(edit);
    }
}
