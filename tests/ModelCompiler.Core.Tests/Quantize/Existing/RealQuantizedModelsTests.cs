using System.Collections.Frozen;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Existing;

public sealed class RealQuantizedModelsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("qlstm_3-2-3_T3_S1.model.onnx", "int8", 15)] // Q/DQ inside of a Scan
    [InlineData("qlstm_3-2-3_T3_S1.model.onnx", "int8-weights", 0)]
    [InlineData("qlstm_3-2-3_T3_S1.model.onnx", "fp16-weights", 0)]
    [InlineData("qtdnn_10x5_101_i32_biases.model.onnx", "int8", 1)] // QLinearConv
    [InlineData("qtdnn_10x5_101_i32_biases.model.onnx", "int8-weights", 0)]
    [InlineData("qtdnn_10x5_101_i32_biases.model.onnx", "fp16-weights", 0)]
    public void GiveTheSameOutputsInEveryPrecision(string file, string precision, int integer)
    {
        using var model = OnnxReader.Read(SharedData.Require($"models/robustness/{file}"));
        using var simplified = model.Clone();
        Pipelines.RunSimplify(simplified, new PassContext());

        var (compiled, summary, _) = Compile(simplified, precision);

        compiled.ShouldKeepWhatIsStatedIn(simplified);
        (summary?.Integer ?? 0).ShouldBe(integer);
        using var original = OrtModel.Load(model);
        using var written = OrtModel.Load(compiled);
        for (var seed = 0; seed < 3; seed++)
        {
            var inputs = RandomTensors.ForInputs(model, seed, openSize: 10);
            OutputComparison.Difference(original.Run(inputs), written.Run(inputs), tolerance: 0).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx")]
    [InlineData("models/squeezenet/squeezenet_fp32.onnx")]
    public void AreCompletedWhereTheFirstHalfCameQuantized(string path)
    {
        using var model = OnnxReader.Read(SharedData.Require(path));
        Pipelines.RunSimplify(model, new PassContext());
        var calibration = new SampleCalibration(Samples(model, 4));
        using var whole = model.Clone();
        var all = Precisions.Find("int8")!.Apply(whole, new PrecisionInputs(X64WithQdq, calibration), new PassContext())!;
        using var half = model.Clone();
        var layers = model.Graph.NodesOf("Conv", "Gemm", "MatMul").Select(node => node.Output.Name).ToArray();
        var second = layers.Skip(layers.Length / 2).ToFrozenDictionary(name => name, _ => "it was not quantized", StringComparer.Ordinal);
        var quantize = new QuantizeStatically(new PrecisionInputs(X64WithQdq, calibration) { KeptInFloat = second });
        PassRunner.Run(half, [quantize], new PassContext());
        using var floats = half.Clone();
        Pipelines.RunSimplify(floats, new PassContext());

        using var completed = floats.Clone();
        var summary = Precisions.Find("int8")!.Apply(completed, new PrecisionInputs(X64WithQdq, calibration), new PassContext())!;

        quantize.Summary.Integer.ShouldBeLessThan(all.Integer);
        (summary.Eligible, summary.Integer).ShouldBe((all.Eligible, all.Integer));
        completed.ShouldKeepWhatIsStatedIn(floats);
        completed.ShouldQuantizeNothingTwice();
        ExecutedOperators(completed).Count(operation => operation == "QLinearConv").ShouldBe(ExecutedOperators(whole).Count(operation => operation == "QLinearConv"));
        var (atOnce, inTwoSteps) = (SqnrDb(model, whole), SqnrDb(model, completed));
        output.WriteLine($"{atOnce:0.0} dB at once, {inTwoSteps:0.0} dB in two steps");
        inTwoSteps.ShouldBeGreaterThan(atOnce - 2);
    }
}
