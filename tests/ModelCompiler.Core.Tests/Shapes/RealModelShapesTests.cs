using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Tests.Shapes;

public sealed class RealModelShapesTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryInferredTypeIsTheOneOfARun()
    {
        foreach (var path in RealModels.Runnable)
        {
            using var model = RealModels.Read(path);
            var inputs = RealModels.Inputs(model, path);
            var given = model.Graph.RequiredInputs.ToDictionary(input => input, input => Shape.Of(inputs[input.Name].Dims));
            var observed = ShapeObservation.Run(model, inputs);

            var inferred = ShapeInference.Run(model, given);
            observed.SelectMany(entry => Contradiction.Of(entry.Key, inferred.TypeOf(entry.Key), entry.Value)).ShouldBeEmpty(path);
            var open = ShapeInference.Run(model);
            observed.SelectMany(entry => Contradiction.Of(entry.Key, open.TypeOf(entry.Key), entry.Value)).ShouldBeEmpty(path);

            var known = observed.Keys.Count(value => inferred.ShapeOf(value) is { IsFixed: true });
            output.WriteLine($"{Path.GetFileName(path)}: {known} of {observed.Count} shapes inferred");
            foreach (var value in observed.Keys.Where(value => inferred.ShapeOf(value) is not { IsFixed: true }).Take(4))
                output.WriteLine($"    open: {value.Producer} {inferred.TypeOf(value)} is {observed[value]}");
        }
    }
}
