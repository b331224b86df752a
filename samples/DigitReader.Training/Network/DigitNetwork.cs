using DigitReader.Training.Drawing;

namespace DigitReader.Training.Network;

/// <summary>
/// The digit reader: [1, n, 28, 28] to ten scores. Five 3×3 convolutions, each with batch normalization and ReLU, two poolings, and a
/// dense layer on the mean of the last maps; about 70,000 parameters and 5.5 million multiply-accumulates.
/// </summary>
internal sealed class DigitNetwork
{
    private DigitNetwork(IReadOnlyList<ILayer> layers) => Layers = layers;

    public IReadOnlyList<ILayer> Layers { get; }

    public IReadOnlyList<Parameter> Parameters => Layers.SelectMany(layer => layer.Parameters).ToList();

    /// <summary>An untrained network whose weights follow He et al. 2015: normal with variance 2 / inputs.</summary>
    public static DigitNetwork Create(RandomSource random) => new(
    [
        .. ConvolutionBlock("conv1", 1, 16, random),
        new MaxPool(),
        .. ConvolutionBlock("conv2", 16, 32, random),
        .. ConvolutionBlock("conv3", 32, 32, random),
        new MaxPool(),
        .. ConvolutionBlock("conv4", 32, 64, random),
        .. ConvolutionBlock("conv5", 64, 64, random),
        new GlobalAveragePool(),
        new Dense(Normal("dense.weight", [10, 64], 64, random), Constant("dense.bias", 10, 0f)),
    ]);

    /// <summary>A network for another thread that learns the same parameters.</summary>
    public DigitNetwork Replicate() => new(Layers.Select(layer => layer.Replicate()).ToList());

    public Batch Forward(Batch input) => Layers.Aggregate(input, (batch, layer) => layer.Forward(batch));

    public Batch Infer(Batch input) => Layers.Aggregate(input, (batch, layer) => layer.Infer(batch));

    public void Backward(Batch gradient) => Layers.Reverse().Aggregate(gradient, (batch, layer) => layer.Backward(batch));

    private static ILayer[] ConvolutionBlock(string name, int inputs, int outputs, RandomSource random) =>
    [
        new Convolution(Normal(name + ".weight", [outputs, inputs, 3, 3], inputs * 9, random)),
        new BatchNormalization(Constant(name + ".scale", outputs, 1f), Constant(name + ".shift", outputs, 0f)),
        new Relu(),
    ];

    private static Parameter Normal(string name, int[] shape, int inputs, RandomSource random)
    {
        var deviation = MathF.Sqrt(2f / inputs);
        var count = shape.Aggregate(1, (product, size) => product * size);
        return new Parameter(name, shape, Enumerable.Range(0, count).Select(_ => random.Normal(deviation)).ToArray());
    }

    private static Parameter Constant(string name, int count, float value) =>
        new(name, [count], Enumerable.Repeat(value, count).ToArray());
}
