using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Gradients;
using ModelCompiler.Training.Gradients.Rules;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Every way to compute the gradients of a convolution gives the same numbers, also where another one is chosen.</summary>
public sealed class ConvolutionFormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WeightsInEveryForm(int axes)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var windows = RandomWindows(random, axes, maxStride: seed % 2 == 0 ? 1 : 3);
            var (batch, groups) = (random.NextInt64(1, 4), random.NextInt64(1, 4));
            var (inGroup, outGroup) = seed % 4 == 0 ? (1, 1) : (random.NextInt64(1, 4), random.NextInt64(1, 4));
            Agree(
                [("x", [batch, groups * inGroup, .. windows.Signal]), ("g", [batch, groups * outGroup, .. windows.Count])],
                random,
                [.. Forms(windows, inGroup, outGroup).Select<CorrelationForm, Form>(form => (make, x, g) => form.Write(make, new Correlation(x, g, batch, groups, inGroup, outGroup, windows)))]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void InputsInEveryForm(int axes)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var windows = RandomWindows(random, axes, maxStride: 1);
            if (!ConvolutionInputs.CanConvolve(windows))
                continue;
            var (groups, inGroup, outGroup) = (random.NextInt64(1, 4), random.NextInt64(1, 4), random.NextInt64(1, 4));
            long[] weight = [groups * outGroup, inGroup, .. windows.Kernel];
            Agree(
                [("w", weight), ("g", [2, groups * outGroup, .. windows.Count])],
                random,
                (make, w, g) => ConvolutionInputs.Convolved(make, g, w, weight, groups, windows),
                (make, w, g) => ConvolutionInputs.Transposed(make, g, w, weight, groups, windows));
        }
    }

    [Fact]
    public void TheChoiceFollowsTheShape()
    {
        Chosen(batch: 16, inputs: 16, outputs: 16, size: 32, kernel: 3).ShouldBe(new CorrelationProduct(1, 1, BatchPlace.Apart));
        Chosen(batch: 16, inputs: 64, outputs: 64, size: 8, kernel: 3).ShouldBe(new CorrelationProduct(0, 1, BatchPlace.InRows));
        Chosen(batch: 16, inputs: 3, outputs: 16, size: 32, kernel: 3).ShouldBe(new CorrelationProduct(0, 9, BatchPlace.Apart));
        Chosen(batch: 2, inputs: 64, outputs: 16, size: 55, kernel: 1).ShouldBe(new CorrelationProduct(0, 1, BatchPlace.Apart));
        Chosen(batch: 1, inputs: 64, outputs: 64, size: 52, kernel: 3, groups: 64).ShouldBe(new CorrelationSums());

        static CorrelationForm Chosen(long batch, long inputs, long outputs, long size, long kernel, long groups = 1)
        {
            var value = new GraphBuilder(17).Input("x", ElementType.Float32, 1);
            var windows = new Windows([kernel, kernel], [1, 1], [1, 1], [kernel / 2, kernel / 2], [size, size], [size, size]);
            return CorrelationForm.Of(new Correlation(value, value, batch, groups, inputs / groups, outputs / groups, windows));
        }
    }

    private delegate Value Form(GradientWriter make, Value first, Value second);

    private static IEnumerable<CorrelationForm> Forms(Windows windows, long inGroup, long outGroup)
    {
        if (inGroup == 1 && outGroup == 1)
            yield return new CorrelationSums();
        for (var moved = 0; moved <= windows.Axes && windows.Strides[..moved].All(stride => stride == 1); moved++)
        {
            foreach (var joined in new[] { 1, 2, 27 })
            {
                yield return new CorrelationProduct(moved, joined, BatchPlace.Apart);
                yield return new CorrelationProduct(moved, joined, BatchPlace.InRows);
            }
        }
    }

    private static void Agree((string Name, long[] Dims)[] inputs, Random random, params Form[] forms)
    {
        var builder = new GraphBuilder(17);
        var values = inputs.Select(input => builder.Input(input.Name, ElementType.Float32, input.Dims)).ToArray();
        var make = new GradientWriter(builder);
        foreach (var (i, form) in forms.Index())
            builder.Output(form(make, values[0], values[1]), $"y{i}", new TensorType(ElementType.Float32, null));
        using var running = OrtModel.Load(builder.Model);
        var outputs = running.Run(inputs.ToDictionary(input => input.Name, input => Numbers.Uniform(random, input.Dims), StringComparer.Ordinal));
        var first = outputs["y0"].ToFloats().ToArray();
        foreach (var output in outputs.Values)
        {
            output.Dims.ToArray().ShouldBe(outputs["y0"].Dims.ToArray());
            output.ToFloats().Zip(first, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f);
        }
    }

    private static Windows RandomWindows(Random random, int axes, int maxStride)
    {
        var window = new RandomWindow(random, axes, maxStride);
        long[] begins = [.. window.Kernel.Select(_ => random.NextInt64(3))];
        long[] count = [.. window.Kernel.Select(_ => random.NextInt64(1, 5))];
        long[] signal = [.. begins.Select((begin, axis) => Math.Max(1, (window.Strides[axis] * (count[axis] - 1)) + window.Extent(axis) - begin - random.NextInt64(-window.Strides[axis] + 1, 3)))];
        return new(window.Kernel, window.Strides, window.Dilations, begins, signal, count);
    }
}
