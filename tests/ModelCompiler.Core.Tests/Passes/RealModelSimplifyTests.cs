using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Passes;

public sealed class RealModelSimplifyTests(ITestOutputHelper output)
{
    [Fact]
    public void SimplifiedModelsGiveTheSameOutputsWithNoMoreNodes() => RealModels.Visit(output, (name, model, inputs) =>
    {
        var simplified = model.Clone();
        var context = new PassContext();
        Pipelines.RunSimplify(simplified, context);

        using var before = OrtModel.Load(model);
        using var after = OrtModel.Load(simplified);
        OutputComparison.Difference(before.Run(inputs), after.Run(inputs), tolerance: 1e-4).ShouldBeNull(name);
        Count(simplified).ShouldBeLessThanOrEqualTo(Count(model), name);

        var passes = context.Log.CountBy(edit => edit.Pass, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}");
        output.WriteLine($"{name}: {Count(model)} → {Count(simplified)} nodes, {OnnxWriter.ToBytes(model).Length} → {OnnxWriter.ToBytes(simplified).Length} bytes ({string.Join(", ", passes)})");
    });

    private static int Count(Model model) => model.Graph.SelfAndNested.Sum(graph => graph.Nodes.Count);
}
