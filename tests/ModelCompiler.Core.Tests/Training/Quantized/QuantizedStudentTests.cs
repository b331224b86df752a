using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Quantized;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Training.Quantized;

public sealed class QuantizedStudentTests
{
    /// <summary>By name, since theories cannot carry models.</summary>
    private static readonly Dictionary<string, Func<Model>> Models = new(StringComparer.Ordinal)
    {
        ["classifier"] = () => Classifier(),
        ["pools"] = Pools,
    };

    private static readonly Dictionary<string, QuantizationScheme> Schemes = new(StringComparer.Ordinal)
    {
        ["x64"] = X64WithQdq,
        ["wide"] = X64WithQdq with { WeightsWhereSumsSaturate = null },
        ["arm64"] = QuantizationScheme.Of(HardwareProfiles.Read("osx-arm64")) with { ChannelsLast = false },
        ["float biases"] = X64WithQdq with { FloatBiases = true },
        ["one scale"] = X64WithQdq with { PerChannel = false },
        ["unsigned"] = X64WithQdq with { WeightType = ElementType.UInt8, WeightsWhereSumsSaturate = null },
        ["16 bits"] = X64WithQdq with { Activations = IntegerFormat.UInt16, WeightsWhereSumsSaturate = null },
        ["4 bits"] = X64WithQdq with { Weights = IntegerFormat.Symmetric(4), WeightsWhereSumsSaturate = null },
    };

    public static TheoryData<string, string, TrainedScales> All
    {
        get
        {
            var all = new TheoryData<string, string, TrainedScales>();
            foreach (var model in Models.Keys)
            {
                foreach (var scheme in Schemes.Keys)
                {
                    foreach (var scales in Enum.GetValues<TrainedScales>())
                        all.Add(model, scheme, scales);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ComputesTheSameBitForBitAndComesBackAsItWas(string name, string schemeName, TrainedScales scales)
    {
        using var quantized = Quantized(name, schemeName);
        using var student = StudentOf(quantized, schemeName, scales);

        Differences(quantized, student.Model).ShouldAllBe(difference => difference == 0);

        var integers = Integers(quantized);
        student.WriteTo(quantized.Graph, student.Model, new PassContext());
        Integers(quantized).ShouldBe(integers);
        Differences(quantized, student.Model).ShouldAllBe(difference => difference == 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WhatIsWrittenBackComputesWhatWasTrained(string name, string schemeName, TrainedScales scales)
    {
        using var quantized = Quantized(name, schemeName);
        using var student = StudentOf(quantized, schemeName, scales);
        using var trained = Training.Moved(student.Model, 5);
        Differences(quantized, trained).Max(Math.Abs).ShouldBeGreaterThan(0.001);

        student.WriteTo(quantized.Graph, trained, new PassContext());

        GraphVerifier.Verify(quantized).ShouldBeEmpty();
        if (schemeName == "float biases")
            Differences(quantized, trained).ShouldAllBe(difference => difference == 0);
        else // a bias that is rounded may move an integer to the next
            Differences(quantized, trained).Max(Math.Abs).ShouldBeLessThanOrEqualTo(3 * LastScale(quantized));
    }

    [Theory]
    [InlineData(TrainedScales.None)]
    [InlineData(TrainedScales.Weights)]
    [InlineData(TrainedScales.All)]
    public void WeightsAndChosenScalesAreTrained(TrainedScales scales)
    {
        using var quantized = Quantized("classifier", "x64");
        using var student = StudentOf(quantized, "x64", scales);

        TrainableWeights.In(student.Model.Graph).Count.ShouldBe(6); // weights and biases of three layers
        var factors = LearnedScale.In(student.Model.Graph).Select(scale => scale.Factor).ToArray();
        factors.Count(factor => factor.Initializer!.Rank == 0).ShouldBe(scales == TrainedScales.All ? 4 : 0);
        factors.Count(factor => factor.Initializer!.Rank > 0).ShouldBe(scales == TrainedScales.None ? 0 : 3);
    }

    [Fact]
    public void ScalesThatWereOneStayOne()
    {
        using var quantized = Quantized("pools", "wide");
        var before = PoolScales(quantized);
        before.Distinct().Count().ShouldBe(1);
        using var student = StudentOf(quantized, "wide", TrainedScales.All);
        using var trained = Training.Moved(student.Model, 6);

        student.WriteTo(quantized.Graph, trained, new PassContext());

        PoolScales(quantized).Distinct().ShouldHaveSingleItem().ShouldNotBe(before[0]);

        float[] PoolScales(Model model) =>
            [.. model.Graph.NodesOf("QuantizeLinear").Where(node => node.Inputs[0]!.Producer is { OpType: "MaxPool" or "Concat" }).Select(node => node.Inputs[1]!.Constant!.ToFloats()[0])];
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void UselessScalesStayWhatTheyWere(float factor)
    {
        using var quantized = Quantized("classifier", "wide");
        var before = Scales(quantized);
        using var student = StudentOf(quantized, "wide", TrainedScales.All);
        using var trained = student.Model.Clone();
        foreach (var scale in LearnedScale.In(trained.Graph))
            scale.Factor.Initializer = Tensor.Of(Enumerable.Repeat(factor, (int)scale.Factor.Initializer!.Count).ToArray(), scale.Factor.Initializer.Dims);

        student.WriteTo(quantized.Graph, trained, new PassContext());

        Scales(quantized).ShouldBe(before);

        float[] Scales(Model model) => [.. model.Graph.NodesOf("DequantizeLinear").SelectMany(node => node.Inputs[1]!.Constant!.ToFloats())];
    }

    /// <summary>Two weights that calibration let be greater together than any activations allow stay so.</summary>
    [Fact]
    public void PairsOfWeightsDoNotSaturateMoreThanBefore()
    {
        using var quantized = Quantized("classifier", "x64");
        var before = GreatestPairs(quantized);
        using var student = StudentOf(quantized, "x64", TrainedScales.Weights);
        using var trained = Training.Moved(student.Model, 7, weights: 8, scales: 0.3);

        student.WriteTo(quantized.Graph, trained, new PassContext());

        foreach (var (now, then) in GreatestPairs(quantized).Zip(before))
            now.ShouldBeLessThanOrEqualTo(Math.Max(128, then));

        static float[] GreatestPairs(Model model) => [.. TrainableWeights.Operands(model.Graph).Select(IntegerWeight.Behind).OfType<IntegerWeight>().SelectMany(PairsOf)];

        static IEnumerable<float> PairsOf(IntegerWeight weight)
        {
            var steps = weight.Steps();
            for (var channel = 0; channel < weight.Layout.Channels; channel++)
            {
                float[] own = [.. Enumerable.Range(0, weight.Layout.Outer).SelectMany(outer => Enumerable.Range(weight.Layout.Start(outer, channel), weight.Layout.Inner)).Select(i => steps[i]).Order()];
                yield return own[^1] + own[^2];
                yield return -own[0] - own[1];
            }
        }
    }

    [Fact]
    public void FormatsThatUseLessThanTheirTypeKeepTheirEnds()
    {
        using var quantized = Quantized("classifier", "4 bits");
        using var student = StudentOf(quantized, "4 bits", TrainedScales.Weights);
        using var trained = Training.Moved(student.Model, 8, weights: 8);

        student.WriteTo(quantized.Graph, trained, new PassContext());

        var steps = TrainableWeights.Operands(quantized.Graph).Select(IntegerWeight.Behind).OfType<IntegerWeight>().SelectMany(weight => weight.Steps()).ToArray();
        (steps.Min(), steps.Max()).ShouldBe((-7, 7));
    }

    [Fact]
    public void WeightsThatAreOnlyStoredAsIntegersAreTrainedToo()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 1, 16, 8, 8);
        var model = builder.WithOutput(builder.Node("Relu", [Conv(builder, x, 1, 16, 16)]));
        var stored = Compile(model, "int8-weights").Model;
        using var student = QuantizedStudent.Of(stored, TrainedScales.Weights, WeightLimits.OfRange);
        TrainableWeights.In(student.Model.Graph).Count.ShouldBe(2);
        LearnedScale.In(student.Model.Graph).Count.ShouldBe(1);
        Differences(stored, student.Model).ShouldAllBe(difference => difference == 0);
        using var trained = Training.Moved(student.Model, 9);

        student.WriteTo(stored.Graph, trained, new PassContext());

        Differences(stored, trained).ShouldAllBe(difference => difference == 0);
        stored.Graph.NodesOf("Cast").ShouldHaveSingleItem();
    }

    internal static Model Pools()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        var (left, right) = (Conv(builder, x, 1, 3, 4), Conv(builder, x, 2, 3, 4));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["kernel_shape"] = new long[] { 2, 2 }, ["strides"] = new long[] { 2, 2 } };
        var joined = builder.Node("Concat", [builder.Node("MaxPool", [left], attributes), builder.Node("MaxPool", [right], attributes)], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L });
        return builder.WithOutput(builder.Node("GlobalAveragePool", [builder.Node("Add", [Conv(builder, joined, 3, 8, 8), joined])]));
    }

    private static Model Quantized(string name, string scheme) => Compile(Models[name](), "int8", Schemes[scheme]).Model;

    private static QuantizedStudent StudentOf(Model quantized, string scheme, TrainedScales scales) =>
        QuantizedStudent.Of(quantized, scales, Schemes[scheme].SumsSaturate ? WeightLimits.OfPairs : WeightLimits.OfRange);

    private static string[] Integers(Model model) =>
        [.. model.Graph.NodesOf("DequantizeLinear").Where(node => node.Inputs[0]!.Constant is not null).Select(node => Convert.ToHexString(node.Inputs[0]!.Constant!.Data.Span))];

    private static double LastScale(Model quantized) =>
        quantized.Graph.NodesOf("QuantizeLinear") is [.., { } last] ? last.Inputs[1]!.Constant!.ToFloats()[0] : 0;

    private static double[] Differences(Model one, Model other)
    {
        var options = ExecutionOptions.AsWritten;
        using var first = OrtModel.Load(one, options);
        using var second = OrtModel.Load(other, options);
        return [.. Samples(one, 2).SelectMany(sample => first.Run(sample.Inputs).Values.Zip(second.Run(sample.Inputs).Values).SelectMany(pair => pair.First.ToFloats().Zip(pair.Second.ToFloats(), (a, b) => (double)a - b)))];
    }
}
