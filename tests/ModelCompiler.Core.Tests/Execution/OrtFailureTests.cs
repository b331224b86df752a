using ModelCompiler.Execution;

namespace ModelCompiler.Tests.Execution;

public sealed class OrtFailureTests
{
    [Theory]
    [InlineData(
        "[ErrorCode:InvalidArgument] Got invalid dimensions for input: x for the following indices\n index: 1 Got: 4 Expected: 3\n Please fix either the inputs/outputs or the model.",
        "Got invalid dimensions for input: x for the following indices index: 1 Got: 4 Expected: 3 Please fix either the inputs/outputs or the model.")]
    [InlineData(
        "[ErrorCode:RuntimeException] Non-zero status code returned while running Reshape node. Name:'r' Status Message: /src/core/providers/cpu/tensor/reshape_helper.h:47 onnxruntime::ReshapeHelper::ReshapeHelper(const TensorShape&, std::function<void(int)>, bool) input_shape_size == size was false. The input tensor cannot be reshaped",
        "Non-zero status code returned while running Reshape node. Name:'r' Status Message: input_shape_size == size was false. The input tensor cannot be reshaped.")]
    [InlineData(
        "[ErrorCode:Fail] Load model from /tmp/a b/x.onnx failed:Fatal error: test:Op(-1) is not a registered function/op",
        "Fatal error: test:Op(-1) is not a registered function/op.")]
    [InlineData(
        "[ErrorCode:RuntimeException] Exception during initialization: /src/a.cc:12 void onnxruntime::A::B() const tensor has no data\nStacktrace:\n#1 0x00 here\n#2 there",
        "tensor has no data.")]
    public void SaysTheReasonWithoutTheMachinery(string message, string readable) =>
        OrtFailure.Readable(message).ShouldBe(readable);
}
