using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Execution;

/// <summary>
/// Looks at values inside a model while it runs, sample by sample: for calibration and for shapes that inference cannot find.
/// It runs a copy of the model in which these values are outputs, node by node as written, so that every value exists under its name.
/// </summary>
/// <remarks>Holds the activations of one run at a time, however many samples there are.</remarks>
public sealed class ValueObserver : IDisposable
{
    private readonly OrtModel _model;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <summary>By the output that they are parts of.</summary>
    private readonly ILookup<string, ConcatPart> _parts;

    private ValueObserver(OrtModel model, string[] inputs, string[] outputs, IReadOnlyList<ConcatPart> parts)
    {
        _model = model;
        _inputs = inputs;
        _outputs = outputs;
        _parts = parts.ToLookup(part => part.Whole, StringComparer.Ordinal);
    }

    /// <summary>The names of the values that are seen: of those asked for, the tensors whose elements can be read.</summary>
    public IEnumerable<string> Observed => _inputs.Concat(_outputs).Concat(_parts.SelectMany(parts => parts).Select(part => part.Name));

    /// <summary>Prepares to look at values of the model's outer graph. Values of nested graphs cannot be seen from outside.</summary>
    /// <param name="model">Left as it is.</param>
    /// <param name="values">Values of the model's graph: inputs, outputs or anything that a node makes.</param>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static ValueObserver Of(Model model, IEnumerable<Value> values) => Of(model, values, ExecutionOptions.AsWritten);

    /// <param name="model">Left as it is.</param>
    /// <param name="values">Values of the model's graph.</param>
    /// <param name="options">
    /// How the copy runs. ONNX Runtime's own rewrites keep every output, so that the values are the same but for rounding, and sooner there.
    /// </param>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static ValueObserver Of(Model model, IEnumerable<Value> values, ExecutionOptions options)
    {
        var wanted = values.Where(value => value.Graph == model.Graph && value.Initializer is null).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        using var copy = model.Clone();
        var parts = ConcatPart.Of(copy, wanted);
        wanted.ExceptWith(parts.Select(part => part.Name));
        foreach (var value in copy.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
        {
            if (wanted.Contains(value.Name) && !copy.Graph.Outputs.Contains(value))
                copy.Graph.AddOutput(value);
        }

        var running = OrtModel.Load(copy, options);
        string[] inputs = [.. running.Inputs.Select(input => input.Name).Where(wanted.Contains)];
        string[] outputs = [.. running.ReadableOutputs.Where(wanted.Contains)];
        return new ValueObserver(running, inputs, outputs, parts);
    }

    /// <summary>Runs one sample and hands over each observed value; what the visitor does not keep is free at once.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the inputs or fails on the way.</exception>
    public void Observe(IReadOnlyDictionary<string, Tensor> inputs, Action<string, Tensor> visit)
    {
        foreach (var name in _inputs)
            visit(name, inputs[name]);
        if (_outputs.Length > 0)
            _model.Visit(inputs, _outputs, (name, tensor) => VisitWithParts(name, tensor, visit));
    }

    /// <summary>Runs one sample and leaves all observed values where they lie.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the inputs or fails on the way.</exception>
    internal ObservedRun Look(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var given = _inputs.Select(name => KeyValuePair.Create(name, inputs[name])).ToArray();
        if (_outputs.Length == 0)
            return new(given, null);
        var made = _model.Look(inputs, _outputs);
        var parts = made.Values.SelectMany(value => _parts[value.Key].Select(part => KeyValuePair.Create(part.Name, part.In(value.Value))));
        return new([.. given, .. made.Values, .. parts], made);
    }

    private void VisitWithParts(string name, Tensor tensor, Action<string, Tensor> visit)
    {
        visit(name, tensor);
        foreach (var part in _parts[name])
            visit(part.Name, part.In(tensor));
    }

    public void Dispose() => _model.Dispose();
}
