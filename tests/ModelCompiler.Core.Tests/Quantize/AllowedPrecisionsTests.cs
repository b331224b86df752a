using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class AllowedPrecisionsTests
{
    public static TheoryData<string, string> Allowed => Rows(profile => profile.Precisions.Allowed);

    public static TheoryData<string, string> NotAllowed => Rows(profile => Precisions.All.Select(precision => precision.Name).Except(profile.Precisions.Allowed));

    [Theory]
    [MemberData(nameof(Allowed))]
    public void LoadsWhatEveryProfileAllows(string profile, string precision)
    {
        var model = Network();

        var compiled = Compile(model, precision, QuantizationScheme.Of(HardwareProfiles.Read(profile))).Model;

        using var running = OrtModel.Load(compiled);
        running.Outputs.Select(output => (output.Name, output.ElementType)).ShouldBe([("y", ElementType.Float32)]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(15);
    }

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public void RefusesWhatTheProfileCannotRun(string profile, string precision)
    {
        var job = new CompileJob
        {
            Model = "m.onnx",
            Name = "m",
            OutputDirectory = "out",
            Profile = HardwareProfiles.Read(profile),
            Options = new ModelOptions { Compile = new CompileOptions { Precision = precision, Calibration = "samples.npz" } },
        };

        var message = Diagnosed.By(DiagnosticRules.PrecisionUnsupported, () => PrecisionPlan.Of(job)).Message;

        message.ShouldContain($"Use {string.Join(", ", HardwareProfiles.Read(profile).Precisions.Allowed)}");
    }

    [Fact]
    public void EveryWordIsAPrecision() =>
        OptionWords.Precisions.Except(["profile", "auto"]).ShouldBe(Precisions.All.Select(precision => precision.Name), ignoreOrder: true);

    private static TheoryData<string, string> Rows(Func<HardwareProfile, IEnumerable<string>> precisionsOf)
    {
        var rows = new TheoryData<string, string>();
        foreach (var name in HardwareProfiles.BuiltIn)
        {
            foreach (var precision in precisionsOf(HardwareProfiles.Read(name)))
                rows.Add(name, precision);
        }

        return rows;
    }

    /// <summary>x → Conv → Relu → Flatten → Gemm → Relu → MatMul → Softmax → y.</summary>
    private static Model Network()
    {
        var builder = new GraphBuilder(13);
        var features = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8)]);
        var hidden = builder.Node("Gemm", [builder.Node("Flatten", [features]), builder.Initializer("g", Weights(2, 512, 160)), builder.Initializer("c", Weights(3, 160))]);
        var scores = builder.Node("MatMul", [builder.Node("Relu", [hidden]), builder.Initializer("w", Weights(4, 160, 48))]);
        return builder.WithOutput(builder.Node("Softmax", [scores]));
    }
}
