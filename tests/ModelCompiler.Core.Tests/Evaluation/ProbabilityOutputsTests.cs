using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class ProbabilityOutputsTests
{
    [Fact]
    public void AreFoundByWhatMakesThem()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 8);
        var sigmoid = builder.Node("Sigmoid", [x]);
        var flat = builder.Node("Flatten", [sigmoid]);
        var both = builder.Node("Concat", [flat, builder.Node("Softmax", [x])], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L });
        var mixed = builder.Node("Concat", [flat, builder.Node("Tanh", [x])], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L });
        builder.Output(both, "both").Output(mixed, "mixed").Output(builder.Node("Relu", [x]), "relu");

        ProbabilityOutputs.Of(builder.Model.Graph).ShouldBe(["both"]);
    }

    [Theory]
    [InlineData(5e-4f, OutputFidelity.ExactDb)]
    [InlineData(5e-3f, -14)]
    public void CountAsEqualWhereNoDifferenceMatters(float difference, double expectedDb)
    {
        var fidelity = Compare([1e-3f, 0], [1e-3f + difference, 0]);

        fidelity.SqnrThatMatters(new HashSet<string>(StringComparer.Ordinal) { "y" })!.Value.ShouldBe(expectedDb, 0.1);
        fidelity.SqnrThatMatters(new HashSet<string>(StringComparer.Ordinal)).ShouldBe(fidelity.SqnrDb);
    }

    [Fact]
    public void NaNAlwaysMatters() =>
        Compare([0, 0], [0, float.NaN]).SqnrThatMatters(new HashSet<string>(StringComparer.Ordinal) { "y" }).ShouldBe(-OutputFidelity.ExactDb);

    private static Fidelity Compare(float[] original, float[] compiled)
    {
        var meter = new FidelityMeter();
        meter.Add(Outputs(original), Outputs(compiled));
        return meter.Result();
    }

    private static Dictionary<string, Tensor> Outputs(float[] values) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(values, values.Length) };
}
