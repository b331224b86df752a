using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Shapes;
using ModelCompiler.Tests.Shapes;

namespace ModelCompiler.Tests.Passes;

/// <summary>The ONNX project's own operator tests: read → simplify → write → run gives what it must wherever the untouched file does.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void SimplifiedModelsGiveTheExpectedOutputsWhereUntouchedOnesDo()
    {
        int cases = 0, untouched = 0, simplified = 0;
        var ours = new List<string>();
        foreach (var conformance in ConformanceCase.All())
        {
            cases++;
            using var model = OnnxReader.Read(conformance.Model);
            if (conformance.Inputs(model) is not { } inputs || conformance.Outputs(model) is not { } expected)
                continue;
            var before = Failure(conformance.Model, inputs, expected);
            Pipelines.RunSimplify(model, new PassContext());
            var after = Failure(OnnxWriter.ToBytes(model), inputs, expected);
            untouched += before is null ? 1 : 0;
            simplified += after is null ? 1 : 0;
            if (before is null && after is not null)
                ours.Add($"{conformance.Name}: {after}");
        }

        output.WriteLine($"{cases} models: {untouched} untouched and {simplified} simplified ones give the expected outputs; {ours.Count} differences are ours");
        ours.ShouldBeEmpty();
        untouched.ShouldBeGreaterThan(cases / 2);
    }

    [Fact]
    public void EveryInferredTypeIsTheOneOfARun()
    {
        int checkedOutputs = 0, inferredOutputs = 0;
        foreach (var conformance in ConformanceCase.All())
        {
            using var model = OnnxReader.Read(conformance.Model);
            if (conformance.Inputs(model) is not { } inputs || Observe(model, inputs) is not { } observed)
                continue;
            var inferred = ShapeInference.Run(model);
            observed.SelectMany(entry => Contradiction.Of(entry.Key, inferred.TypeOf(entry.Key), entry.Value)).ShouldBeEmpty(conformance.Name);
            checkedOutputs += observed.Count;
            inferredOutputs += observed.Keys.Count(value => inferred.ShapeOf(value) is { IsFixed: true });
        }

        output.WriteLine($"{inferredOutputs} of {checkedOutputs} shapes inferred");
        inferredOutputs.ShouldBeGreaterThan(0);
    }

    private static IReadOnlyDictionary<Value, TensorType>? Observe(Model model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            return ShapeObservation.Run(model, inputs);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    /// <summary>Null where the model gives the expected outputs, else why not.</summary>
    private static string? Failure(byte[] model, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> expected)
    {
        try
        {
            using var running = OrtModel.Load(model);
            return OutputComparison.Difference(expected, running.Run(inputs), tolerance: 1e-3);
        }
        catch (DiagnosticException refusal)
        {
            return refusal.Diagnostic.Message;
        }
    }
}
