using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;
using ModelCompiler.Tests.Calibration;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>A model of open sizes, and samples that are each of another size.</summary>
public sealed class RaggedSamplesTests : IDisposable
{
    private const string Sidecar = """{ "inputs": { "x": { "image": { "layout": "NCHW", "color": "RGB", "resize": "none", "scale": 0.01 } } } }""";

    private readonly TestFolder _folder = new();

    public static TheoryData<string, double> Precisions => new()
    {
        { "fp32", 80 }, { "fp16", 50 }, { "fp16-weights", 50 }, { "int8", 30 }, { "int8-dynamic", 25 }, { "int8-weights", 35 }, { "int4-weights", 20 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Precisions))]
    public void TensorsMayDifferInSize(string precision, double leastDb)
    {
        WriteTensors([1, 3, 9, 14], [1, 3, 20, 7], [2, 3, 5, 5], [1, 3, 32, 32]);

        Compile(precision).SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void PhotosMayDifferInSize(string precision, double leastDb)
    {
        _folder.Write("a.png", TestPng.OfColor(7, 9, 10, 20, 30));
        _folder.Write("b.png", TestPng.OfColor(17, 5, 100, 20, 30));
        _folder.Write("c.png", TestPng.OfColor(12, 12, 10, 200, 30));

        Compile(precision).SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void ABatchOfNoneIsPassedOver(string precision, double leastDb)
    {
        WriteTensors([0, 3, 8, 8], [1, 3, 8, 8], [1, 3, 12, 8]);

        var fidelity = Compile(precision);

        fidelity.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(leastDb);
        fidelity.Top1Agreement.ShouldNotBeNull();
    }

    [Fact]
    public void NothingButBatchesOfNoneIsNoData()
    {
        WriteTensors([0, 3, 8, 8], [0, 3, 8, 8]);
        using var project = new CompileProject(Network());

        var result = project.Compile(new CompileOptions { Calibration = _folder.Path });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3010", "MC3007"]);
        result.Report!.Precision.ShouldBe("int8-weights");
    }

    private FidelityFacts Compile(string precision)
    {
        using var profile = new TestFolder();
        var device = profile.Write("device.json", """
            { "extends": "linux-x64", "runtimeIdentifiers": ["linux-x64"],
              "precisions": { "allowed": ["fp32", "fp16", "fp16-weights", "int8", "int8-dynamic", "int8-weights", "int4-weights"] } }
            """);
        using var project = new CompileProject(Network()) { Profile = device };
        File.WriteAllText(Path.ChangeExtension(project.ModelPath, ".model.json"), Sidecar);
        var wishes = new ModelOptions { Compile = new CompileOptions { Precision = precision, Calibration = _folder.Path } };

        var result = project.Compile(wishes.Over(SidecarReader.ReadFor(project.ModelPath)));

        result.Diagnostics.ShouldBeEmpty();
        OrtModel.Load(result.AssetPath!).Dispose();
        return result.Report!.Fidelity!;
    }

    private void WriteTensors(params long[][] shapes)
    {
        foreach (var (index, dims) in shapes.Index())
        {
            var random = new Random(index);
            var count = (int)dims.Aggregate(1L, (product, dim) => product * dim);
            var tensor = new TensorProto { DataType = (int)ElementType.Float32, Dims = { dims }, FloatData = { Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1) } };
            _folder.Write($"test_data_set_{index}/input_0.pb", tensor.ToByteArray());
        }
    }

    /// <summary>x[n,3,h,w] → two convolutions → the mean of all positions → MatMul with 256 × 256 weights → y[n,256].</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w")])));
        var first = builder.Node("Relu", [Networks.Conv(builder, x, 1, 3, 16)]);
        var second = builder.Node("Relu", [Networks.Conv(builder, first, 2, 16, 256)]);
        var means = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [second])]);
        var y = builder.Node("MatMul", [means, builder.Initializer("g", Networks.Weights(3, 256, 256))]);
        return builder.Output(y, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(256)]))).Model;
    }
}
