using System.Text.Json;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Small real models in every precision of every profile: what is written loads and runs; what cannot be had is refused by name.</summary>
public sealed class RealModelPrecisionTests
{
    private const int SamplesOfCalibration = 2;

    /// <summary>One of all profiles that say the same of numbers.</summary>
    private static readonly HardwareProfile[] Profiles =
        [.. HardwareProfiles.BuiltIn.Select(HardwareProfiles.Read).DistinctBy(profile => JsonSerializer.Serialize((object[])[profile.Quantization, profile.Precisions]))];

    public static TheoryData<string> Models =>
    [
        "models/mnist/mnist-cntk.onnx",
        "models/cifar10-cnn/ImageClassifier.onnx",
        "models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx",
        "models/ultraface/version-RFB-320.onnx",
        "models/magika/standard_v2_1.onnx",
        "models/dtln/model_1.onnx",
        "models/dtln/model_2.onnx",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void LoadsWhatEveryProfileAllows(string name)
    {
        var path = SharedData.Require(name);
        using var original = OnnxReader.Read(path);
        Sample[] samples;
        using (var running = OrtModel.Load(path))
            samples = [.. SyntheticDataSet.For(running, DataModelOf(path)).Samples(SamplesOfCalibration)];
        using var simplified = original.Clone();
        Pipelines.RunSimplify(simplified, new PassContext());

        var written = Profiles.Sum(profile => profile.Precisions.Allowed.Count(precision => Loads(simplified, precision, profile, samples)));

        written.ShouldBeGreaterThanOrEqualTo(3 * Profiles.Length); // fp32, fp16-weights and int8-weights have something for every model
    }

    [Fact]
    public void EveryKindOfProfileIsThere() => Profiles.Length.ShouldBeGreaterThan(3);

    /// <returns>False where the model has nothing for the precision.</returns>
    private static bool Loads(Model simplified, string precision, HardwareProfile profile, Sample[] samples)
    {
        using var model = simplified.Clone();
        var inputs = new PrecisionInputs(QuantizationScheme.Of(profile), new SampleCalibration(samples))
        {
            InputShapes = samples[0].Inputs.ToDictionary(input => input.Key, input => Shape.Of(input.Value.Dims), StringComparer.Ordinal),
        };
        try
        {
            Precisions.Find(precision)!.Apply(model, inputs, new PassContext());
        }
        catch (DiagnosticException refusal) when (refusal.Diagnostic.Rule == DiagnosticRules.NothingForPrecision)
        {
            return false;
        }

        using var running = OrtModel.Load(model);
        running.Run(samples[0].Inputs).Values.ShouldAllBe(output => !output.Type.IsFloatingPoint() || Array.TrueForAll(output.ToFloats(), float.IsFinite));
        return true;
    }

    private static DataModel DataModelOf(string path) =>
        DataModel.Of(ModelDescriber.Describe(path, SignatureReader.Read(path), ModelOptions.None, _ => { }));
}
