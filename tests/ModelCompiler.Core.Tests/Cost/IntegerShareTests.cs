using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Cost;

public sealed class IntegerShareTests
{
    [Fact]
    public void IsNothingInFloat() => IntegerShare.OfMacs(Networks.Classifier()).ShouldBe(0);

    [Fact]
    public void IsAllWhereEveryLayerIsInteger() => IntegerShare.OfMacs(Networks.Compile(Networks.Classifier(), "int8").Model).ShouldBe(1);

    /// <summary>Convolutions of 12² · 16 · 27 and 12² · 16 · 144, a Gemm of 160.</summary>
    [Fact]
    public void CountsWhatWasKeptInFloat()
    {
        using var model = Networks.Classifier();
        var kept = model.Graph.NodesOf("Conv").First().Output.Name;
        var inputs = new PrecisionInputs(Networks.X64, new SampleCalibration(Networks.Samples(model)))
        {
            KeptInFloat = new Dictionary<string, string>(StringComparer.Ordinal) { [kept] = "for the test" },
        };

        Precisions.Find("int8")!.Apply(model, inputs, new PassContext());

        const double First = 12 * 12 * 16 * 27, Second = 12 * 12 * 16 * 144, Last = 160;
        IntegerShare.OfMacs(model).ShouldNotBeNull().ShouldBe((Second + Last) / (First + Second + Last), 1e-9);
    }

    [Fact]
    public void SaysNothingOfAModelWithoutArithmetic()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ModelCompiler.Contract.ElementType.Float32, 1, 3);

        IntegerShare.OfMacs(builder.WithOutput(builder.Node("Relu", [x]))).ShouldBeNull();
    }
}
