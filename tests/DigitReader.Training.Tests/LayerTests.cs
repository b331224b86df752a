using DigitReader.Training.Network;

namespace DigitReader.Training.Tests;

public class LayerTests
{
    [Fact]
    public void ConvolutionGradientsMatchFiniteDifferences() =>
        new GradientCheck(new Convolution(Parameter("w", 5, 3, 3, 3)), new Batch(3, 8, 6, 5)).Run();

    [Fact]
    public void BatchNormalizationGradientsMatchFiniteDifferences() =>
        new GradientCheck(new BatchNormalization(Parameter("scale", 3), Parameter("shift", 3)), new Batch(3, 8, 3, 4)).Run();

    [Fact]
    public void DenseGradientsMatchFiniteDifferences() =>
        new GradientCheck(new Dense(Parameter("w", 10, 7), Parameter("b", 10)), new Batch(7, 16, 1, 1)).Run();

    [Fact]
    public void GlobalAveragePoolGradientsMatchFiniteDifferences() => new GradientCheck(new GlobalAveragePool(), new Batch(3, 8, 4, 5)).Run();

    [Fact]
    public void MaxPoolSendsTheGradientToTheLargestValue()
    {
        var input = new Batch(1, 1, 3, 4);
        float[] values = [1, 5, 2, 0, 3, 4, 9, 8, 7, 7, 7, 7];
        values.CopyTo(input.Values, 0);
        var pool = new MaxPool();
        pool.Forward(input).Values.ShouldBe([5f, 9f]);

        var gradient = new Batch(1, 1, 1, 2);
        gradient.Values[0] = 10f;
        gradient.Values[1] = 20f;
        pool.Backward(gradient).Values.ShouldBe([0f, 10f, 0f, 0f, 0f, 0f, 20f, 0f, 0f, 0f, 0f, 0f]);
    }

    [Fact]
    public void ReluPassesGradientsWhereItPassedValues()
    {
        var input = new Batch(1, 1, 1, 3);
        float[] values = [-1, 2, 0];
        values.CopyTo(input.Values, 0);
        var relu = new Relu();
        relu.Forward(input).Values.ShouldBe([0f, 2f, 0f]);

        var gradient = input.EmptyLike();
        Array.Fill(gradient.Values, 3f);
        relu.Backward(gradient).Values.ShouldBe([0f, 3f, 0f]);
    }

    [Fact]
    public void LossGradientMatchesFiniteDifferences()
    {
        const float step = 1e-2f;
        int[] labels = [3, 0, 1, 2, 3, 3, 2, 1];
        var scores = new Batch(4, labels.Length, 1, 1);
        for (var i = 0; i < scores.Values.Length; i++)
            scores.Values[i] = MathF.Sin(i);
        var loss = new SoftmaxLoss(0.1f);
        var gradient = (float[])loss.Evaluate(scores, labels).Values.Clone();
        for (var i = 0; i < gradient.Length; i++)
        {
            var original = scores.Values[i];
            scores.Values[i] = original + step;
            loss.Evaluate(scores, labels);
            var above = loss.Loss;
            scores.Values[i] = original - step;
            loss.Evaluate(scores, labels);
            scores.Values[i] = original;
            gradient[i].ShouldBe((above - loss.Loss) / (2 * step), 1e-3f);
        }
    }

    [Fact]
    public void ConvolutionRefusesABatchItCannotGroup() =>
        Should.Throw<ArgumentException>(() => new Convolution(Parameter("w", 2, 1, 3, 3)).Forward(new Batch(1, 7, 4, 4)));

    private static Parameter Parameter(string name, params int[] shape) =>
        new(name, shape, new float[shape.Aggregate(1, (product, size) => product * size)]);
}
