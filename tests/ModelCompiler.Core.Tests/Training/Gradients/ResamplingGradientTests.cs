using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Resize against central differences, and so every formula of coordinates against ONNX Runtime.</summary>
public sealed class ResamplingGradientTests
{
    [Theory]
    [InlineData("half_pixel")]
    [InlineData("pytorch_half_pixel")]
    [InlineData("align_corners")]
    [InlineData("asymmetric")]
    [InlineData("half_pixel_symmetric")]
    [InlineData("tf_half_pixel_for_nn")]
    public void NearestInEveryRounding(string transformation)
    {
        var opset = transformation == "half_pixel_symmetric" ? 19 : 17;
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var rounding = (seed % 4) switch { 0 => "round_prefer_floor", 1 => "round_prefer_ceil", 2 => "floor", _ => "ceil" };
            Run(random, seed, opset, random.Next(1, 5), [("mode", "nearest"), ("coordinate_transformation_mode", transformation), ("nearest_mode", rounding)]);
        }
    }

    [Theory]
    [InlineData("linear", "half_pixel")]
    [InlineData("linear", "pytorch_half_pixel")]
    [InlineData("linear", "align_corners")]
    [InlineData("linear", "asymmetric")]
    [InlineData("linear", "half_pixel_symmetric")]
    [InlineData("cubic", "half_pixel")]
    [InlineData("cubic", "pytorch_half_pixel")]
    [InlineData("cubic", "align_corners")]
    [InlineData("cubic", "asymmetric")]
    [InlineData("cubic", "half_pixel_symmetric")]
    public void Interpolation(string mode, string transformation)
    {
        var opset = transformation == "half_pixel_symmetric" ? 19 : 17;
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var rank = mode == "cubic" ? (seed % 2 == 0 ? 2 : 4) : random.Next(2, 6);
            List<(string, AttributeValue)> attributes = [("mode", mode), ("coordinate_transformation_mode", transformation)];
            if (mode == "cubic")
                attributes.AddRange([("cubic_coeff_a", seed % 3 == 0 ? -0.5f : -0.75f), ("exclude_outside", (seed >> 1) & 1)]);
            Run(random, seed, opset, rank, [.. attributes]);
        }
    }

    /// <summary>What ONNX Runtime resizes with interpolation: the last two or three axes.</summary>
    private static void Run(Random random, int seed, long opset, int rank, params (string Name, AttributeValue Value)[] attributes)
    {
        var isNearest = ((AttributeValue.Bytes)attributes[0].Value).Text == "nearest";
        var free = isNearest ? rank : rank is 2 or 4 ? 2 : 3;
        var dims = Array.ConvertAll(new long[rank], _ => (long)random.Next(1, 6));
        if (seed % 3 == 0)
        {
            var sizes = dims.Select((size, axis) => axis < rank - free ? size : random.Next(1, 10)).ToArray();
            GradientCheck.Run(ConstantOperands.Operator("Resize", [null, null, Tensor.Vector<long>(sizes)], attributes), opset, seed, ("x", Numbers.Uniform(random, dims)));
            return;
        }

        float[] factors = [1, 2, 3, 1.5f, 0.6f, 2.7f, 4, 1.3f];
        var scales = dims.Select((size, axis) => axis < rank - free || size == 1 ? 1 : Math.Max(factors[random.Next(factors.Length)], 1f / size)).ToArray();
        GradientCheck.Run(ConstantOperands.Operator("Resize", [null, Tensor.Vector<float>(scales)], attributes), opset, seed, ("x", Numbers.Uniform(random, dims)));
    }

    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void CroppedParts(string mode)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            float[] roi = [0, 0, (random.NextSingle() * 0.6f) - 0.2f, random.NextSingle() * 0.4f, 1, 1, 0.6f + (random.NextSingle() * 0.7f), 0.5f + (random.NextSingle() * 0.5f)];
            GradientCheck.Run(
                ConstantOperands.Operator(
                    "Resize", [Tensor.Vector<float>(roi), null, Tensor.Vector(1L, 2, random.Next(6, 9), random.Next(1, 4))], ("mode", mode), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 0.5f)),
                seed,
                ("x", Numbers.Uniform(random, 1, 2, 5, 4)));
        }
    }

    [Theory]
    [InlineData("stretch")]
    [InlineData("not_larger")]
    [InlineData("not_smaller")]
    public void SomeAxesWithAPolicy(string policy)
    {
        foreach (var mode in new[] { "nearest", "linear", "cubic" })
        {
            GradientCheck.Run(
                ConstantOperands.Operator("Resize", [null, null, Tensor.Vector(9L, 7)], ("mode", mode), ("axes", new long[] { 3, 2 }), ("keep_aspect_ratio_policy", policy)),
                18,
                1,
                ("x", Numbers.Uniform(new Random(1), 1, 2, 3, 4)));
            GradientCheck.Run(
                ConstantOperands.Operator("Resize", [null, Tensor.Vector(1.5f, 2f)], ("mode", mode), ("axes", new long[] { 2, 3 })), 19, 2, ("x", Numbers.Uniform(new Random(2), 1, 2, 3, 4)));
        }
    }

    [Fact]
    public void ChannelsLast()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            foreach (var mode in new[] { "nearest", "linear", "cubic" })
                GradientCheck.Run(ConstantOperands.Operator("Resize", [null, Tensor.Vector(1f, 2f, 1.5f, 1f)], ("mode", mode)), seed, ("x", Numbers.Uniform(new Random(seed), 1, 3, 4, 2)));
        }
    }
}
