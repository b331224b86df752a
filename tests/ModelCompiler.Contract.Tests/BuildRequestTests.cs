namespace ModelCompiler.Contract.Tests;

public sealed class BuildRequestTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "project"));

    private static readonly BuildRequest Everything = new()
    {
        CacheDirectory = Path.Combine(Root, "cache"),
        Optimize = false,
        Accept = true,
        NativePaths = new([Path.Combine(Root, "native")]),
        Models = new([new ModelRequest
        {
            Model = Path.Combine(Root, "Models", "a \"quoted\" é.onnx"),
            Name = "a",
            OutputDirectory = Path.Combine(Root, "obj"),
            Profiles = new(["linux-x64", "portable"]),
            Options = new ModelOptions
            {
                ClassName = "Digits",
                Namespace = "App.Models",
                Access = Access.Internal,
                Task = ModelTask.Classification,
                Labels = Path.Combine(Root, "labels.txt"),
                Dims = new([new DimensionBinding("batch", 1), new DimensionBinding("the height/2", 640)]),
                Images = new([new ImageBinding("data/0:x", new ImageSettings
                {
                    Layout = ImageLayout.Nhwc,
                    Color = ImageColor.Bgr,
                    Resize = new ImageResize(ImageResizeKind.Letterbox, 416, 416, 114, true),
                    CenterCrop = 224,
                    Scale = 1 / 255f,
                    Mean = new([0.485f, 0.456f, 0.406f]),
                    Std = new([0.229f, 0.224f, 0.225f]),
                })]),
                Inputs = new([new InputBinding("data/0:x") { State = "hn" }, new InputBinding("sr") { Value = 0.1 }, new InputBinding("sound") { Audio = new AudioInput(16000, 576, 512, 64) }]),
                Outputs = new(
                [
                    new OutputBinding("item", OutputKind.Logits) { Temperature = 1.7 },
                    new OutputBinding("boxes", OutputKind.Boxes)
                    {
                        Detection = new DetectionSettings
                        {
                            Layout = DetectionLayout.Ssd, Box = BoxCoding.Grid, Relative = false, Objectness = true, Background = 3, Strides = new([8, 16]),
                        },
                    },
                    new OutputBinding("map", OutputKind.ClassMap) { ClassMap = new ClassMapSettings { Values = ClassMapValues.Logit, Layout = ImageLayout.Nhwc } },
                ]),
                Compile = new CompileOptions
                {
                    Precision = "int8",
                    Pruning = "2:4",
                    PruningRatio = "30%",
                    Distill = true,
                    Teacher = Path.Combine(Root, "teacher.onnx"),
                    DistillTime = "3min",
                    Calibration = Path.Combine(Root, "photos"),
                    Evaluation = Path.Combine(Root, "test.npz"),
                    OutOfDistribution = Path.Combine(Root, "nothing"),
                    MaxAccuracyDrop = "0.5%",
                    MaxClassDrop = "5%",
                    MinAgreement = "99%",
                    RequireEvidence = true,
                    Robustness = true,
                    CheckPreprocessing = false,
                    MaxSize = "4MB",
                    MaxLatency = "12ms",
                    MaxMemory = "64MiB",
                    Profiles = new(["linux-x64"]),
                    Delivery = "asset",
                },
                Provenance = new ModelProvenance("digits", "MIT", "trained here"),
            },
        }]),
    };

    [Fact]
    public void WhatIsWrittenIsReadBack() => BuildRequestFile.Parse(BuildRequestFile.Write(Everything), null).ShouldBe(Everything);

    [Fact]
    public void TheSameRequestIsTheSameText() => BuildRequestFile.Write(Everything).ShouldBe(BuildRequestFile.Write(Everything));

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("{ \"version\": 2 }", "'version' must be 1")]
    [InlineData("{ \"version\": 1, \"speed\": 3 }", "'speed' is not known")]
    [InlineData("{ \"version\": 1, \"models\": [{ \"name\": \"a\" }] }", "'models[0].profiles' must be")]
    public void RefusesWhatItDoesNotUnderstand(string json, string expected)
    {
        json = json.Contains("models", StringComparison.Ordinal) ? json.Replace("\"name\"", "\"model\": \"/m.onnx\", \"outputDirectory\": \"/o\", \"name\"", StringComparison.Ordinal) : json;

        Diagnosed.By(DiagnosticRules.RequestInvalid, () => BuildRequestFile.Parse(json, "request.json")).Message.ShouldContain(expected);
    }
}
