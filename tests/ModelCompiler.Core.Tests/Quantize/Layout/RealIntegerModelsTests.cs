using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Layout;

public sealed class RealIntegerModelsTests
{
    [Theory]
    [InlineData("models/cifar10-cnn/ImageClassifier.onnx", 4)]
    [InlineData("models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx", 9)]
    [InlineData("models/ultraface/version-slim-320_simplified.onnx", 34)]
    public void RealModelsGiveTheSameIntegersInBothForms(string path, int convolutions)
    {
        using var model = OnnxReader.Read(SharedData.Require(path));
        Pipelines.RunSimplify(model, new PassContext());

        IntegerTwin.Of(model).GiveTheSame().Count("QLinearConv").ShouldBe(convolutions);
    }
}
