using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>Finds types by running the model once in ONNX Runtime with its inner values as outputs: what inference cannot say, a run shows.</summary>
/// <remarks>The shapes are those of the given inputs. All inner values are in memory at once while the model runs.</remarks>
public static class ShapeObservation
{
    /// <summary>The types that the values of the model's own graph have in one run; values that are no tensors, or that no caller can read, are absent.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model or the inputs.</exception>
    public static IReadOnlyDictionary<Value, TensorType> Run(Model model, IReadOnlyDictionary<string, Tensor> inputs) =>
        Run(model, inputs, InnerValues(model));

    /// <summary>Adds to <paramref name="inferred"/> what a run shows of the values whose shape it does not know in full.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model or the inputs.</exception>
    public static void Complete(InferredTypes inferred, Model model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var open = InnerValues(model).Where(value => inferred.TypeOf(value) is not { Shape.IsFixed: true, Element: not ElementType.Undefined }).ToArray();
        foreach (var (value, type) in Run(model, inputs, open))
            inferred.Set(value, type);
    }

    private static Dictionary<Value, TensorType> Run(Model model, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyCollection<Value> wanted)
    {
        var types = new Dictionary<Value, TensorType>();
        if (wanted.Count == 0)
            return types;
        var byName = wanted.ToDictionary(value => value.Name, StringComparer.Ordinal);
        using var observer = ValueObserver.Of(model, wanted);
        observer.Observe(inputs, (name, tensor) => types[byName[name]] = new TensorType(tensor.Type, Shape.Of(tensor.Dims)));
        return types;
    }

    private static Value[] InnerValues(Model model) =>
        [.. model.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().Where(value => value.IsUsed && value.Type is not OpaqueType)];
}
