using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Tests.Passes;
using ModelCompiler.Training.Losses;
using ModelCompiler.Training.Networks;

namespace ModelCompiler.Tests.Training;

/// <summary>Gradients of whole networks by all their weights, against the difference of the loss along a direction that is uphill for nearly every weight.</summary>
public sealed class WholeNetworkGradientTests
{
    [Fact]
    public void OfAPerceptron() => Check(Students.Perceptron(3), Inputs(Students.Perceptron(3), 5), obstacles: 0);

    [Theory]
    [InlineData("cifar10-resnet20/cifar10_resnet20.onnx")]
    [InlineData("cifar10-resnet20/cifar10_resnet20_bn_unfused.onnx")]
    [InlineData("cifar10-resnet8/mlperf_resnet8_cifar10.onnx")]
    [InlineData("cifar10-cnn/ImageClassifier.onnx")]
    [InlineData("mnist/mnist-cntk.onnx")]
    [InlineData("squeezenet/squeezenet_fp32.onnx")]
    [InlineData("yolox-nano/yolox_nano.onnx")]
    [InlineData("ultraface/version-RFB-320.onnx")]
    public void OfRealModels(string file)
    {
        using var model = OnnxReader.Read(Path.Combine(SharedData.Require("models"), file));
        Pipelines.RunSimplify(model, new PassContext());
        PassRunner.Run(model, [new LiftOpset(17), new RaiseIrVersion()], new PassContext());

        Check(model, Inputs(model, 1), obstacles: 0);
    }

    private static Dictionary<string, Tensor> Inputs(Model model, long openSize) => RandomTensors.ForInputs(model, seed: 5, openSize);

    private static void Check(Model model, Dictionary<string, Tensor> inputs, int obstacles)
    {
        var random = new Random(7);
        var terms = OutputTerms.Of(model.Graph, model.Graph).Select(term => (term, (ILoss)new MeanSquares(1))).ToArray();
        using var network = TrainingNetwork.Of(model, terms, inputs);
        network.Obstacles.Count.ShouldBe(obstacles, string.Join("; ", network.Obstacles.Select(obstacle => $"{obstacle.Node}: {obstacle.Reason}")));
        var given = new Dictionary<string, Tensor>(inputs, StringComparer.Ordinal);
        foreach (var term in network.Terms)
            given[term.Input] = Gradients.Numbers.Uniform(random, term.Dims);
        foreach (var parameter in network.Parameters)
            given[parameter.Name] = parameter.Start;
        using var running = OrtModel.Load(network.Model);
        var outputs = running.Run(given);
        var directions = network.Parameters.ToDictionary(parameter => parameter.Name, parameter => Array.ConvertAll(outputs[parameter.Gradient].ToFloats(), slope => slope * (0.5f + random.NextSingle())), StringComparer.Ordinal);
        var slope = network.Parameters.Sum(parameter => Dot(outputs[parameter.Gradient].ToFloats(), directions[parameter.Name]));
        var loss = outputs[TrainingNetwork.Loss].ToFloats()[0];
        slope.ShouldBeGreaterThan(0);

        // Far enough for the digits of a float32 loss, near enough for the kinks of activations.
        var step = 2e-3 * loss / slope;
        var difference = (Loss(step) - Loss(-step)) / (2 * step);

        (difference / slope).ShouldBe(1, 0.05);

        double Loss(double far) => running.Run(Moved(far), [TrainingNetwork.Loss])[TrainingNetwork.Loss].ToFloats()[0];

        Dictionary<string, Tensor> Moved(double far)
        {
            var moved = new Dictionary<string, Tensor>(given, StringComparer.Ordinal);
            foreach (var parameter in network.Parameters)
                moved[parameter.Name] = Tensor.Of(parameter.Start.ToFloats().Zip(directions[parameter.Name], (weight, direction) => (float)(weight + (far * direction))).ToArray(), parameter.Start.Dims);
            return moved;
        }
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
