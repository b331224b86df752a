using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Passes;

public sealed class RealModelSimplifyTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void SimplifiedModelsGiveTheSameOutputsWithNoMoreNodes() => RealModels.Visit(output, (name, model, inputs) =>
    {
        var simplified = model.Clone();
        var context = new PassContext();
        Pipelines.RunSimplify(simplified, context);

        using var before = OrtModel.Load(model);
        using var after = OrtModel.Load(simplified);
        OutputComparison.Difference(before.Run(inputs), after.Run(inputs), Tolerance).ShouldBeNull(name);
        if (RunsBatchOfThree(model, before) is var (batch, expected))
            OutputComparison.Difference(expected, after.Run(batch), Tolerance).ShouldBeNull($"{name}, open sizes 3");
        Count(simplified).ShouldBeLessThanOrEqualTo(Count(model), name);

        var passes = context.Log.CountBy(edit => edit.Pass, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}");
        output.WriteLine($"{name}: {Count(model)} → {Count(simplified)} nodes, {OnnxWriter.ToBytes(model).Length} → {OnnxWriter.ToBytes(simplified).Length} bytes ({string.Join(", ", passes)})");
    });

    /// <summary>Inputs whose open sizes are 3 and their outputs, for models that can be run so: a size that was wrongly taken for 1 shows.</summary>
    private static (Dictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Outputs)? RunsBatchOfThree(Model model, OrtModel running)
    {
        try
        {
            var inputs = RandomTensors.ForInputs(model, seed: 6, openSize: 3);
            return (inputs, running.Run(inputs));
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static int Count(Model model) => model.Graph.SelfAndNested.Sum(graph => graph.Nodes.Count);
}
