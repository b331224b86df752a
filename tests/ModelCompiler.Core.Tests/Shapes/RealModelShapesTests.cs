using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Tests.Shapes;

public sealed class RealModelShapesTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryInferredTypeIsTheOneOfARun() => RealModels.Visit(output, (name, model, inputs) =>
    {
        var given = model.Graph.RequiredInputs.ToDictionary(input => input, input => Shape.Of(inputs[input.Name].Dims));
        var observed = ShapeObservation.Run(model, inputs);

        var inferred = ShapeInference.Run(model, given);
        observed.SelectMany(entry => Contradiction.Of(entry.Key, inferred.TypeOf(entry.Key), entry.Value)).ShouldBeEmpty(name);
        var open = ShapeInference.Run(model);
        observed.SelectMany(entry => Contradiction.Of(entry.Key, open.TypeOf(entry.Key), entry.Value)).ShouldBeEmpty(name);

        output.WriteLine($"{name}: {observed.Keys.Count(value => inferred.ShapeOf(value) is { IsFixed: true })} of {observed.Count} shapes inferred");
        foreach (var value in observed.Keys.Where(value => inferred.ShapeOf(value) is not { IsFixed: true }).Take(3))
            output.WriteLine($"    left to observation: {value.Producer}: {observed[value]}, inferred {inferred.TypeOf(value)}");
        ShapeObservation.Complete(inferred, model, inputs);
        observed.Keys.ShouldAllBe(value => inferred.ShapeOf(value)!.IsFixed, name);
    });
}
