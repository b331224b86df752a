using ModelCompiler.Training.Optimizers;

namespace ModelCompiler.Tests.Training;

/// <summary>Steps of the optimizers against their equations in double precision, and the rate along its curve.</summary>
public sealed class OptimizerTests
{
    private const int Weights = 19; // no multiple of a vector register

    [Theory]
    [InlineData(0)]
    [InlineData(0.1f)]
    public void AdamFollowsItsEquations(float decay)
    {
        var random = new Random(1);
        var start = Numbers(random);
        var weights = (float[])start.Clone();
        float[][] moments = [new float[Weights], new float[Weights]];
        var (w, m, v) = (Array.ConvertAll(start, value => (double)value), new double[Weights], new double[Weights]);
        for (var step = 1; step <= 20; step++)
        {
            var gradient = Numbers(random);
            new Adam { WeightDecay = decay }.Step(weights, gradient, moments, 0.01f, step);
            for (var i = 0; i < Weights; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.999 * v[i]) + (0.001 * gradient[i] * gradient[i]);
                w[i] -= 0.01 * ((m[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8)) + (decay * w[i]));
            }
        }

        for (var i = 0; i < Weights; i++)
            ((double)weights[i]).ShouldBe(w[i], 1e-5);
    }

    [Fact]
    public void SgdFollowsItsEquations()
    {
        var random = new Random(2);
        var start = Numbers(random);
        var weights = (float[])start.Clone();
        float[][] moments = [new float[Weights]];
        var (w, m) = (Array.ConvertAll(start, value => (double)value), new double[Weights]);
        for (var step = 1; step <= 20; step++)
        {
            var gradient = Numbers(random);
            new Sgd { Momentum = 0.8f, WeightDecay = 0.05f }.Step(weights, gradient, moments, 0.02f, step);
            for (var i = 0; i < Weights; i++)
            {
                m[i] = (0.8 * m[i]) + gradient[i];
                w[i] = (w[i] * (1 - (0.02 * 0.05))) - (0.02 * m[i]);
            }
        }

        for (var i = 0; i < Weights; i++)
            ((double)weights[i]).ShouldBe(w[i], 1e-5);
    }

    [Fact]
    public void TheRateWarmsUpAndGoesDownToNothing()
    {
        var rate = new LearningRate(2, Warmup: 4, Steps: 104);

        rate.At(0).ShouldBe(0.5, 1e-12);
        rate.At(3).ShouldBe(2, 1e-12);
        rate.At(54).ShouldBe(1, 1e-12);
        rate.At(104).ShouldBe(0, 1e-12);
        new LearningRate(2, Warmup: 0, Steps: 1).At(0).ShouldBe(2, 1e-12);
    }

    [Fact]
    public void OneBadGradientIsScaledDownAndBarelyRemembered()
    {
        var clip = new GradientClip(3);
        clip.ScaleOf(1).ShouldBe(1);
        clip.ScaleOf(2).ShouldBe(1);
        var usual = clip.UsualNorm;

        clip.ScaleOf(100).ShouldBe((float)(3 * usual / 100));

        clip.UsualNorm.ShouldBeLessThan(1.1 * usual);
        GradientClip.NormOf([[3, 0], [4]]).ShouldBe(5, 1e-12);
    }

    private static float[] Numbers(Random random) => [.. Enumerable.Range(0, Weights).Select(_ => (random.NextSingle() * 2) - 1)];
}
