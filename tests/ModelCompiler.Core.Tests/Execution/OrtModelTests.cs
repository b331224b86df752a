using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Execution;

public sealed class OrtModelTests
{
    [Fact]
    public void RunsARealModelAndKnowsItsSignature()
    {
        using var model = OrtModel.Load(SharedData.Require("models/cifar10-resnet20/cifar10_resnet20.onnx"));

        var outputs = model.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["input"] = Tensor.Of(new float[2 * 3 * 32 * 32], 2, 3, 32, 32) });

        model.Inputs.ShouldHaveSingleItem().Shape!.Value[1].ShouldBe(Dimension.Of(3));
        var output = outputs[model.Outputs.ShouldHaveSingleItem().Name];
        output.Dims.ToArray().ShouldBe([2L, 10L]);
        output.Span<float>()[..10].ToArray().ShouldBe(output.Span<float>()[10..].ToArray());
    }

    [Fact]
    public void RefusesAModelWithUnknownOperatorsInOneReadableSentence()
    {
        var path = SharedData.Require("models/robustness/custom_op_test.onnx");

        var diagnostic = Should.Throw<DiagnosticException>(() => OrtModel.Load(path)).Diagnostic;

        diagnostic.Rule.ShouldBe(DiagnosticRules.RuntimeRefuses);
        diagnostic.File.ShouldBe(path);
        diagnostic.Message.ShouldNotContain("ErrorCode");
        diagnostic.Message.ShouldNotContain(".cc:");
        diagnostic.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void RefusesBytesThatAreNoModel()
    {
        var diagnostic = Should.Throw<DiagnosticException>(() => OrtModel.Load([1, 2, 3])).Diagnostic;

        diagnostic.Rule.ShouldBe(DiagnosticRules.RuntimeRefuses);
    }
}
