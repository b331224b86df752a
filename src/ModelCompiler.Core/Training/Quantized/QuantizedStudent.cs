using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Passes.Simplify;
using ModelCompiler.Training.Networks;
using Key = System.StringComparer;

namespace ModelCompiler.Training.Quantized;

/// <summary>
/// A model with Q/DQ as a student: integer weights become float32 masters that are rounded in the graph, biases float32, scales factors of what they were. Before training it computes
/// the same as the model, bit for bit.
/// </summary>
internal sealed class QuantizedStudent : IDisposable
{
    /// <summary>The least that gradients are written for.</summary>
    private const long GradientOpset = 17;

    private readonly Dictionary<string, (string Master, string? Factor, WeightLimits Limits)> _weights = new(Key.Ordinal);
    private readonly Dictionary<string, string> _biases = new(Key.Ordinal);
    private readonly Dictionary<string, string> _factors = new(Key.Ordinal);

    private QuantizedStudent(Model model) => Model = model;

    /// <summary>What a trainer takes; of operator set 17 at least.</summary>
    public Model Model { get; }

    /// <param name="quantized">Left as it is.</param>
    /// <param name="scales">What is trained beside the weights.</param>
    /// <param name="limits">How far the integers of a weight may go.</param>
    public static QuantizedStudent Of(Model quantized, TrainedScales scales, Func<IntegerWeight, WeightLimits> limits)
    {
        var context = new PassContext();
        var student = new QuantizedStudent(quantized.Clone());
        PassRunner.Run(student.Model, [new LiftOpset(GradientOpset), new RaiseIrVersion()], context);
        var graph = student.Model.Graph;
        foreach (var weight in WeightsIn(graph))
            student.Release(weight, scales != TrainedScales.None, limits(weight), context);
        foreach (var bias in IntegerBias.In(graph))
            student.Release(bias, context);
        if (scales == TrainedScales.All)
        {
            foreach (var (key, nodes) in ActivationScales.In(graph))
                student.Release(key, nodes, context);
        }

        PassRunner.Run(student.Model, [new RemoveDeadNodes()], context);
        return student;
    }

    /// <summary>Brings what was trained back into the integers, scales and float32 weights of the model that the student was made of.</summary>
    /// <param name="quantized">The graph of that model.</param>
    /// <param name="trained">The student, with other weights.</param>
    /// <param name="context">Carries out the edit.</param>
    public void WriteTo(Graph quantized, Model trained, PassContext context)
    {
        var edit = new GraphEdit(quantized, "write what was trained as integers");
        var tensors = trained.Graph.Initializers.ToDictionary(value => value.Name, value => value.Initializer!, Key.Ordinal);
        var scales = new Dictionary<Node, Tensor>();
        foreach (var weight in WeightsIn(quantized))
            Write(weight, tensors, scales, edit);
        foreach (var (key, nodes) in ActivationScales.In(quantized))
            Write(key, nodes, tensors, scales, edit);
        foreach (var bias in IntegerBias.In(quantized))
            Write(bias, tensors, scales, edit);
        foreach (var value in quantized.Initializers.Where(value => value.Initializer!.Type == ElementType.Float32 && !value.IsGraphInput))
            Write(value, tensors, edit);
        if (!edit.IsEmpty)
            context.Apply(edit);
    }

    public void Dispose() => Model.Dispose();

    private static IntegerWeight[] WeightsIn(Graph graph) =>
        [.. TrainableWeights.Operands(graph).Select(IntegerWeight.Behind).OfType<IntegerWeight>().DistinctBy(weight => weight.Floats)];

    private void Release(IntegerWeight weight, bool learnsScale, WeightLimits limits, PassContext context)
    {
        var name = weight.Floats.Name;
        var edit = new GraphEdit(Model.Graph, $"train '{name}' as float32");
        var master = edit.AddInitializer($"{name}_master", weight.ToFloats());
        var start = weight.Scale.Reshape(weight.SpreadDims);
        var learned = learnsScale ? LearnedScale.Write(edit, $"{name}_scale", start) : null;
        edit.ReplaceUses(weight.Floats, RoundedMaster.Write(edit, master, learned?.Scale ?? edit.AddInitializer($"{name}_scale", start), limits));
        context.Apply(edit);
        _weights[name] = (master.Name, learned?.Factor.Name, limits);
    }

    private void Release(IntegerBias bias, PassContext context)
    {
        var name = bias.Node.Output.Name;
        var edit = new GraphEdit(Model.Graph, $"train '{name}' as float32");
        var numbers = edit.AddInitializer($"{name}_float", bias.ToFloats());
        edit.ReplaceUses(bias.Node.Output, numbers);
        context.Apply(edit);
        _biases[name] = numbers.Name;
    }

    private void Release(string key, Node[] nodes, PassContext context)
    {
        var first = nodes[0].Inputs[1]!;
        var edit = new GraphEdit(Model.Graph, $"train the scale '{first.Name}'");
        var learned = LearnedScale.Write(edit, first.Name, first.Constant!.Reshape());
        foreach (var node in nodes)
            edit.SetInput(node, 1, learned.Scale);
        context.Apply(edit);
        _factors[key] = learned.Factor.Name;
    }

    private void Write(IntegerWeight weight, Dictionary<string, Tensor> tensors, Dictionary<Node, Tensor> scales, GraphEdit edit)
    {
        if (!_weights.TryGetValue(weight.Floats.Name, out var site))
            return;
        var scale = weight.Scale;
        if (site.Factor is not null)
        {
            scale = LearnedScale.After(scale, tensors[site.Factor]);
            scales[weight.Scaler] = scale;
            edit.SetInput(weight.Scaler, 1, edit.AddInitializer(weight.Scaler.Inputs[1]!.Name, scale));
        }

        edit.SetInput(weight.Reader, 0, edit.AddInitializer(weight.Reader.Inputs[0]!.Name, weight.Rounded(tensors[site.Master], scale.ToFloats(), site.Limits)));
    }

    private void Write(string key, Node[] nodes, Dictionary<string, Tensor> tensors, Dictionary<Node, Tensor> scales, GraphEdit edit)
    {
        if (!_factors.TryGetValue(key, out var factor))
            return;
        foreach (var readers in nodes.GroupBy(node => node.Inputs[1]!))
        {
            var scale = LearnedScale.After(readers.Key.Constant!, tensors[factor]);
            var stored = edit.AddInitializer(readers.Key.Name, scale);
            foreach (var node in readers)
            {
                scales[node] = scale;
                edit.SetInput(node, 1, stored);
            }
        }
    }

    private void Write(IntegerBias bias, Dictionary<string, Tensor> tensors, Dictionary<Node, Tensor> scales, GraphEdit edit)
    {
        if (!_biases.TryGetValue(bias.Node.Output.Name, out var numbers))
            return;
        var scale = bias.ScaleAfter(node => scales.GetValueOrDefault(node) ?? node.Inputs[1]!.Constant!);
        edit.SetInput(bias.Node, 0, edit.AddInitializer(bias.Node.Inputs[0]!.Name, bias.Rounded(tensors[numbers], scale)));
        edit.SetInput(bias.Node, 1, edit.AddInitializer(bias.Node.Inputs[1]!.Name, scale));
    }

    private static void Write(Value value, Dictionary<string, Tensor> tensors, GraphEdit edit)
    {
        if (!tensors.TryGetValue(value.Name, out var trained) || trained == value.Initializer || trained.Data.Span.SequenceEqual(value.Initializer!.Data.Span))
            return;
        var changed = edit.AddInitializer(value.Name, trained);
        foreach (var use in value.Uses)
            edit.SetInput(use.Node, use.Index, changed);
    }
}
