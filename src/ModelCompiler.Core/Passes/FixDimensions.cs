using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>input[batch,3,height,width] with batch = 1  =>  input[1,3,height,width], in every input and output of the model.</summary>
/// <remarks>What an app always fixes is worth saying: shape computations fold, and ONNX Runtime plans its memory once.</remarks>
/// <param name="dims">Sizes for named dimensions.</param>
public sealed class FixDimensions(IReadOnlyCollection<DimensionBinding> dims) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        foreach (var value in graph.Inputs.Concat(graph.Outputs).Distinct())
        {
            if (value.TensorType is not { Shape: { } shape } type || Bind(shape) is not { } bound)
                continue;
            var edit = new GraphEdit(graph, $"fix '{value.Name}' to {bound}");
            edit.SetType(value, type with { Shape = bound });
            context.Apply(edit);
        }
    }

    private Shape? Bind(Shape shape)
    {
        var bound = new Shape(shape.Select(dimension => SizeOf(dimension) is { } size ? Dimension.Of(size) : dimension));
        return bound.Equals(shape) ? null : bound;
    }

    private long? SizeOf(Dimension dimension) =>
        dims.FirstOrDefault(binding => string.Equals(binding.Name, dimension.Name, StringComparison.Ordinal))?.Size;
}
