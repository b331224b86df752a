using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Prune;

/// <summary>
/// Each of the ONNX project's single operators between layers: whether channels are followed through it or not, what stays must be what it was.
/// So an operator whose rule is missing something is found without a test of its own.
/// </summary>
public sealed class ConformancePruningTests(ITestOutputHelper output)
{
    [Fact]
    public void EverySingleOperatorBetweenLayersComputesWhatItDid()
    {
        var (cases, pruned, passed) = (0, 0, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var conformance in ConformanceCase.All().Where(conformance => !IsRandom(conformance.Name)))
        {
            foreach (var form in Enum.GetValues<Form>())
            {
                using var model = OnnxReader.Read(conformance.Model);
                if (conformance.Inputs(model) is not { } given || conformance.Outputs(model) is not { } outputs
                    || Surround(model, given, outputs, form) is not { Count: > 0 } inputs || !Runs(model, inputs))
                    continue;
                cases++;
                var units = CoupledChannels.Of(model).Groups.SelectMany(group => group.Units).Where((_, i) => i % 2 == 0).ToArray();
                if (PrunedModel.Without(model, units) is not { Units.Count: > 0 } test)
                    continue;
                pruned++;
                test.IsExact(inputs, $"{conformance.Name}, {form}");
                passed.UnionWith(model.Graph.Nodes.Select(node => node.OpType));
            }
        }

        output.WriteLine($"{cases} models, {pruned} lost channels; operators among them: {string.Join(", ", passed)}");
        pruned.ShouldBeGreaterThan(cases / 10);
    }

    /// <summary>Which axis the layers work along, and whether inputs beside the first are constants.</summary>
    private enum Form
    {
        Columns,
        ColumnsWithConstants,
        Pictures,
        PicturesWithConstants,
    }

    private static bool IsRandom(string name) => name.Contains("dropout", StringComparison.Ordinal) || name.Contains("bernoulli", StringComparison.Ordinal) || name.Contains("training", StringComparison.Ordinal);

    /// <summary>Puts a layer behind each float input and in front of each float output; gives the inputs that are left.</summary>
    private static Dictionary<string, Tensor> Surround(Model model, IReadOnlyDictionary<string, Tensor> given, IReadOnlyDictionary<string, Tensor> outputs, Form form)
    {
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var columns = form is Form.Columns or Form.ColumnsWithConstants;
        foreach (var (i, input) in model.Graph.Inputs.ToArray().Index())
        {
            var tensor = given[input.Name];
            if (tensor.Type == ElementType.Float32 && tensor.Rank >= (columns ? 2 : 3) && tensor.Count > 0 && (i == 0 || form is Form.Columns or Form.Pictures))
            {
                inputs[input.Name] = tensor;
                var readers = input.Uses.ToArray();
                var made = AddLayer(model, input, tensor.Dims, columns);
                foreach (var reader in readers)
                    reader.Node.SetInput(reader.Index, made);
            }
            else
            {
                model.Graph.UnlistInput(input);
                model.Graph.AddInitializer(input, tensor);
            }
        }

        foreach (var value in model.Graph.Outputs.ToArray())
        {
            if (outputs[value.Name] is { Type: ElementType.Float32, Count: > 0 } tensor && tensor.Rank >= (columns ? 2 : 3) && value.Producer is not null)
                model.Graph.ReplaceOutput(value, AddLayer(model, value, tensor.Dims, columns));
        }

        model.Graph.OrderChanged();
        return inputs;
    }

    private static Value AddLayer(Model model, Value x, ReadOnlySpan<long> dims, bool columns)
    {
        var places = columns ? dims[^1] : dims[1];
        var shape = Enumerable.Repeat(1L, dims.Length).ToArray();
        (shape[0], shape[1]) = (places, places);
        var edit = new GraphEdit(model.Graph, "layer");
        var weight = edit.AddInitializer("layer_weight", Networks.Weights(7, columns ? [places, places] : shape));
        var layer = edit.AddNode(columns ? "MatMul" : "Conv", [x, weight]);
        new PassContext().Apply(edit);
        return layer.Output;
    }

    private static bool Runs(Model model, Dictionary<string, Tensor> inputs)
    {
        try
        {
            using var running = OrtModel.Load(model, ExecutionOptions.AsWritten);
            return running.Run(inputs).Count > 0;
        }
        catch (DiagnosticException)
        {
            return false;
        }
    }
}
