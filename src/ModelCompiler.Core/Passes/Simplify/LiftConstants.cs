using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Constant → x  =>  initializer x.</summary>
/// <remarks>Weights are then found in one place, whichever way the exporter stored them. The tensor itself is not copied.</remarks>
public sealed class LiftConstants : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        foreach (var constant in graph.NodesOf("Constant"))
        {
            if (TensorOf(constant) is not { } tensor)
                context.Decline(constant, "its value is not a dense tensor");
            else if (constant.Output.IsGraphOutput)
                context.Decline(constant, "it makes a graph output");
            else
                Lift(constant, tensor, context);
        }
    }

    private static void Lift(Node constant, Tensor tensor, PassContext context)
    {
        var edit = new GraphEdit(constant.Graph, $"store {constant} as an initializer");
        edit.ReplaceUses(constant.Output, edit.AddInitializer(constant.Output.Name, tensor));
        edit.Remove(constant);
        context.Apply(edit);
    }

    private static Tensor? TensorOf(Node constant) => constant.Attributes.Values.FirstOrDefault() switch
    {
        AttributeValue.OfTensor tensor => tensor.Value,
        AttributeValue.Int number => Tensor.Of([number.Value]),
        AttributeValue.Float number => Tensor.Of([number.Value]),
        AttributeValue.Ints numbers => Tensor.Vector<long>([.. numbers.Values]),
        AttributeValue.Floats numbers => Tensor.Vector<float>([.. numbers.Values]),
        AttributeValue.Bytes text => Tensor.OfStrings([text.Value]),
        AttributeValue.ManyBytes texts => Tensor.OfStrings(texts.Values, texts.Values.Count),
        _ => null,
    };
}
