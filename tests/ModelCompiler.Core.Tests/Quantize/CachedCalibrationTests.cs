using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class CachedCalibrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> RangeMethods => ["MinMax", "Percentile", "Entropy", "Mse"];

    public static TheoryData<string> PrecisionsThatObserve => ["fp16", "int8", "int8-dynamic", "int8-weights", "int4-weights"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Whoever adds an observer makes it one that is kept; a single other one would leave a whole precision without the cache.</summary>
    [Fact]
    public void EveryObserverOfTheCompilerIsKept()
    {
        var observers = typeof(ICalibration).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IActivationObserver))).ToArray();

        observers.Length.ShouldBeGreaterThan(5);
        observers.ShouldAllBe(type => type.IsAssignableTo(typeof(IStoredObserver)));
    }

    [Theory]
    [MemberData(nameof(PrecisionsThatObserve))]
    public void GivesTheSameBytesWithoutASample(string precision)
    {
        using var model = Network();
        var plain = Write(model, precision, new SampleCalibration(Samples(model)));
        var (first, firstRuns) = WriteCached(model, precision);
        var (second, secondRuns) = WriteCached(model, precision);

        first.ShouldBe(plain);
        second.ShouldBe(plain);
        firstRuns.ShouldBeGreaterThan(0);
        secondRuns.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(RangeMethods))]
    public void FindsTheSameRangesByEveryMethod(string method)
    {
        using var model = Network();
        var scheme = X64 with { Ranges = Enum.Parse<RangeMethod>(method) };
        var plain = Write(model, "int8", new SampleCalibration(Samples(model)), scheme);

        WriteCached(model, "int8", scheme).Bytes.ShouldBe(plain);
        var (bytes, runs) = WriteCached(model, "int8", scheme);

        bytes.ShouldBe(plain);
        runs.ShouldBe(0);
    }

    [Fact]
    public void RangesOfAnotherKindAreObservedAnew()
    {
        using var model = Network();
        WriteCached(model, "int8", X64 with { Ranges = RangeMethod.MinMax });

        WriteCached(model, "int8", X64 with { Ranges = RangeMethod.Mse }).Runs.ShouldBe(1);
    }

    [Fact]
    public void AnotherRuleReadsTheSameHistogram()
    {
        using var model = Network();
        var scheme = X64 with { Ranges = RangeMethod.Percentile };
        var plain = Write(model, "int8", new SampleCalibration(Samples(model)), scheme);
        WriteCached(model, "int8", X64 with { Ranges = RangeMethod.Mse });

        var (bytes, runs) = WriteCached(model, "int8", scheme);

        runs.ShouldBe(0);
        bytes.ShouldBe(plain);
    }

    [Fact]
    public void AnotherWeightIsAnotherModel()
    {
        using var model = Network();
        WriteCached(model, "int8");
        var weight = model.Graph.Initializers.First(value => value.Initializer!.Rank == 4);
        var changed = weight.Initializer!.Span<float>().ToArray();
        changed[0] += 1e-3f;
        weight.Initializer = Tensor.Of(changed, weight.Initializer.Dims);

        WriteCached(model, "int8").Runs.ShouldBe(1);
    }

    [Fact]
    public void OtherDataIsObservedAnew()
    {
        using var model = Network();
        WriteCached(model, "int8");

        WriteCached(model, "int8", data: "others").Runs.ShouldBe(1);
    }

    [Fact]
    public void SamplesThatCannotBeIdentifiedAreAlwaysRun()
    {
        using var model = Network();
        WriteCached(model, "int8", data: null);

        WriteCached(model, "int8", data: null).Runs.ShouldBe(1);
    }

    [Fact]
    public void WhatIsNotWorthKeepingIsNotKept()
    {
        using var model = Network();
        WriteCached(model, "int8", isWorthKeeping: false).Runs.ShouldBe(1);

        WriteCached(model, "int8").Runs.ShouldBe(1);
    }

    [Fact]
    public void ADamagedEntryIsMadeAnew()
    {
        using var model = Network();
        var (bytes, _) = WriteCached(model, "int8");
        var entry = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Single();
        var damaged = File.ReadAllBytes(entry);
        damaged[damaged.Length / 2]++;
        File.WriteAllBytes(entry, damaged);

        WriteCached(model, "int8").ShouldBe((bytes, 1));
        WriteCached(model, "int8").ShouldBe((bytes, 0));
    }

    /// <summary>x[1,3,12,12] → Conv → Relu → grouped Conv → Relu → the mean of all positions → two products with 256 × 256 weights → y.</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 12, 12), 1, 3, 16)]);
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = 4L };
        var second = builder.Node("Relu", [builder.Node("Conv", [first, builder.Initializer("grouped", Weights(2, 256, 4, 3, 3))], attributes)]);
        var means = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [second])]);
        var hidden = builder.Node("Relu", [builder.Node("MatMul", [means, builder.Initializer("m1", Weights(3, 256, 256))])]);
        return builder.WithOutput(builder.Node("MatMul", [hidden, builder.Initializer("m2", Weights(4, 256, 256))]));
    }

    private (string Bytes, int Runs) WriteCached(Model model, string precision, QuantizationScheme? scheme = null, string? data = "samples", bool isWorthKeeping = true)
    {
        var counted = new CountedCalibration(new SampleCalibration(Samples(model)));
        var cached = new CachedCalibration(counted, new ContentStore(_folder.Path, 64 << 20), () => data) { AreWorthKeeping = () => isWorthKeeping };
        return (Write(model, precision, cached, scheme), counted.Runs);
    }

    private static string Write(Model model, string precision, ICalibration calibration, QuantizationScheme? scheme = null)
    {
        using var copy = model.Clone();
        Precisions.Find(precision)!.Apply(copy, new PrecisionInputs(scheme ?? X64, calibration), new PassContext());
        return new ContentKey().Add(OnnxWriter.ToBytes(copy)).Finish();
    }

    private sealed class CountedCalibration(ICalibration calibration) : ICalibration
    {
        public int Runs { get; private set; }

        public bool IsTypical => calibration.IsTypical;

        public void Observe(Model model, IReadOnlyDictionary<Value, IReadOnlyList<IActivationObserver>> observers)
        {
            Runs += observers.Count > 0 ? 1 : 0;
            calibration.Observe(model, observers);
        }

        public IReferenceOutputs OutputsOf(Model model) => calibration.OutputsOf(model);

        public ICalibration FewOf(int part, int parts) => calibration.FewOf(part, parts);
    }
}
