using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Pairs of QuantizeLinear and DequantizeLinear against <see cref="LearnedStepSize"/>: no true derivative, so that differences would not agree.</summary>
public sealed class QuantizerGradientTests
{
    private static readonly (ElementType Type, int Least, int Greatest)[] Formats =
    [
        (ElementType.Int8, -128, 127), (ElementType.UInt8, 0, 255), (ElementType.Int16, -32768, 32767), (ElementType.UInt16, 0, 65535), (ElementType.Int4, -8, 7), (ElementType.UInt4, 0, 15),
    ];

    [Theory]
    [InlineData(0, 17)]
    [InlineData(1, 17)]
    [InlineData(2, 21)]
    [InlineData(3, 21)]
    [InlineData(4, 21)]
    [InlineData(5, 21)]
    public void OneScaleForATensor(int format, long opset)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            long[][] shapes = [[2, 3, 4, 5], [7], [3, 5], [1, 1], [], [64, 65]];
            var dims = shapes[seed % shapes.Length];
            Check(new Pair(Formats[format], opset, dims, seed % 12 < 6 ? [] : [1]) { ConstantScale = seed % 4 == 3, ZeroPoint = (seed % 5) switch { 0 => null, 1 => Formats[format].Least, 2 => Formats[format].Greatest, _ => random.Next(Formats[format].Least, Formats[format].Greatest + 1) } }, random);
        }
    }

    [Theory]
    [InlineData(0, 17)]
    [InlineData(1, 17)]
    [InlineData(3, 21)]
    [InlineData(4, 21)]
    public void OneScaleForEachPlaceAlongAnAxis(int format, long opset)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            long[][] shapes = [[2, 3, 4, 5], [7], [3, 5], [1, 4], [4, 1, 3]];
            var dims = shapes[seed % shapes.Length];
            var axis = random.Next(dims.Length);
            Check(new Pair(Formats[format], opset, dims, [dims[axis]]) { Axis = seed % 2 == 0 ? axis : axis - dims.Length, ConstantScale = seed % 4 == 3, ZeroPoint = seed % 3 == 0 ? null : random.Next(Formats[format].Least, Formats[format].Greatest + 1) }, random);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void OneScaleForEachBlock(int format)
    {
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var (axis, block, rank) = (random.Next(3), random.Next(2, 5), 3);
            var scales = Enumerable.Range(0, rank).Select(_ => (long)random.Next(1, 4)).ToArray();
            long[] dims = [.. scales.Select((size, i) => i == axis ? size * block : size)];
            Check(new Pair(Formats[format], 21, dims, scales) { Axis = axis, Block = block, ZeroPoint = seed % 3 == 0 ? null : random.Next(Formats[format].Least, Formats[format].Greatest + 1) }, random);
        }
    }

    [Fact]
    public void ScalesOfConstantIntegersLearnToo()
    {
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var perAxis = seed % 2 == 0;
            var integers = Enumerable.Range(0, 12).Select(_ => (sbyte)random.Next(-128, 128)).ToArray();
            GradientCheck.Run(
                (builder, inputs) => [builder.Node("DequantizeLinear", [builder.Initializer("integers", Tensor.Of(integers, 3, 4)), inputs["scale"]], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 0L })],
                seed,
                ("scale", perAxis ? Numbers.Between(random, 0.01f, 0.02f, 3) : Numbers.Between(random, 0.01f, 0.02f)));
        }
    }

    [Fact]
    public void IntegersThatOthersReadStopGradients()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 1, 2, 4, 4);
        var scale = builder.Initializer("scale", Tensor.Scalar(0.1f));
        var integers = builder.Node("QuantizeLinear", [x, scale]);
        var moved = builder.Node("Reshape", [integers, builder.Initializer("shape", Tensor.Vector(1L, 32))]);
        var sum = builder.Node("Add", [builder.Node("Reshape", [x, builder.Initializer("shape", Tensor.Vector(1L, 32))]), builder.Node("DequantizeLinear", [moved, scale])]);
        builder.Output(sum, "y");

        var paths = GradientPaths.Of(builder.Model.Graph, ShapeInference.Run(builder.Model), [sum]);

        paths.Open.ShouldNotContain(x);
        paths.Obstacles.ShouldContain(obstacle => obstacle.Node.OpType == "QuantizeLinear" && obstacle.Reason == "its integers are not only dequantized");
    }

    private static void Check(Pair pair, Random random)
    {
        var count = (int)pair.Dims.Aggregate(1L, (product, size) => product * size);
        var places = (int)pair.ScaleDims.Aggregate(1L, (product, size) => product * size);
        var zeroPoints = new int[places];
        Array.Fill(zeroPoints, pair.ZeroPoint ?? 0);
        var reach = (pair.Format.Greatest - pair.Format.Least) / 2.0;
        var scales = Enumerable.Range(0, places).Select(_ => (float)((0.5 + random.NextDouble()) / reach)).ToArray();
        var middle = (pair.Format.Greatest + pair.Format.Least) / 2.0;
        var of = Enumerable.Range(0, count).Select(pair.PlaceOf).ToArray();
        // About every second number is clipped; none is nearer to an end, or to where it would round the other way, than float32 can tell.
        var x = of.Select(place => scales[place] * (float)(Math.Floor((random.NextDouble() - 0.5) * 4 * reach + middle - zeroPoints[place]) + (0.1 + (0.3 * random.NextDouble())))).ToArray();
        var gradient = Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();

        var results = pair.Run(x, gradient, scales, zeroPoints);

        var expected = new LearnedStepSize(pair.Format.Least, pair.Format.Greatest).Gradients(x, gradient, of, scales, zeroPoints);
        results["x_gradient"].Dims.ToArray().ShouldBe(pair.Dims);
        results["x_gradient"].ToFloats().ShouldBe(Array.ConvertAll(expected.X, value => (float)value));
        if (pair.ConstantScale)
            return;
        results["scale_gradient"].Dims.ToArray().ShouldBe(pair.ScaleDims);
        foreach (var ((is_, should), i) in results["scale_gradient"].ToFloats().Zip(expected.Scales).Select((both, i) => (both, i)))
            Math.Abs(is_ - should).ShouldBeLessThan(1e-5 * (1 + (reach * Enumerable.Range(0, count).Where(j => of[j] == i).Sum(j => Math.Abs(gradient[j])))), $"{pair}: {is_} instead of {should}");
    }

    private sealed record Pair((ElementType Type, int Least, int Greatest) Format, long Opset, long[] Dims, long[] ScaleDims)
    {
        public int Axis { get; init; }

        public int Block { get; init; }

        public int? ZeroPoint { get; init; }

        public bool ConstantScale { get; init; }

        /// <summary>Where the scale of an element is.</summary>
        public int PlaceOf(int element)
        {
            if (ScaleDims.All(size => size == 1))
                return 0;
            var axis = Axis < 0 ? Axis + Dims.Length : Axis;
            var place = 0;
            var inner = Dims.Aggregate(1L, (product, size) => product * size);
            for (var i = 0; i < Dims.Length; i++)
            {
                inner /= Dims[i];
                var index = (int)(element / inner % Dims[i]);
                if (Block > 0)
                    place = (place * (int)ScaleDims[i]) + (i == axis ? index / Block : index);
                else if (i == axis)
                    place = index;
            }

            return place;
        }

        public IReadOnlyDictionary<string, Tensor> Run(float[] x, float[] gradient, float[] scales, int[] zeroPoints)
        {
            var builder = new GraphBuilder(Opset, irVersion: Opset > 17 ? 10 : 8);
            var input = builder.Input("x", ElementType.Float32, Dims);
            var scale = ConstantScale ? builder.Initializer("scale", Tensor.Of(scales, ScaleDims)) : builder.Input("scale", ElementType.Float32, ScaleDims);
            Value?[] rest = ZeroPoint is null && Format.Type == ElementType.UInt8 ? [scale] : [scale, builder.Initializer("zero", Stored(zeroPoints))];
            var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = (long)Axis };
            if (Block > 0)
                attributes["block_size"] = (long)Block;
            if (ScaleDims.Length == 0)
                attributes.Clear();
            var y = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [input, .. rest], attributes), .. rest], attributes);
            var types = ShapeInference.Run(builder.Model);
            GradientPaths.Of(builder.Model.Graph, types, [y]).Obstacles.ShouldBeEmpty();
            var wanted = new[] { input, scale }.Where(value => value.IsGraphInput).ToHashSet();
            var gradients = Backpropagation.Of(builder, types, [(y, builder.Initializer("seed", Tensor.Of(gradient, Dims)))], wanted);
            foreach (var value in wanted)
                builder.Output(builder.Node("Identity", [gradients[value]]), value.Name + "_gradient", new TensorType(ElementType.Float32, null));
            using var running = OrtModel.Load(builder.Model, ExecutionOptions.Optimized with { Settings = ExecutionOptions.Optimized.Settings.Add("session.disable_quant_qdq", "1") });
            return running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(x, Dims), ["scale"] = Tensor.Of(scales, ScaleDims) }.Where(given => running.Inputs.Any(named => named.Name == given.Key)).ToDictionary(StringComparer.Ordinal));
        }

        private Tensor Stored(int[] integers)
        {
            byte[] bytes = Format.Type switch
            {
                ElementType.Int16 or ElementType.UInt16 => [.. integers.SelectMany(integer => new[] { (byte)integer, (byte)(integer >> 8) })],
                ElementType.Int4 or ElementType.UInt4 => [.. integers.Chunk(2).Select(two => (byte)((two[0] & 15) | ((two.Length > 1 ? two[1] & 15 : 0) << 4)))],
                _ => [.. integers.Select(integer => (byte)integer)],
            };
            return new Tensor(Format.Type, ScaleDims, new ManagedTensorData(bytes));
        }
    }
}
