using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>The signatures that models really have, small.</summary>
internal static class Manifests
{
    public static readonly ManifestProfile Linux = new(
        "linux-x64",
        new(["linux-x64", "linux-musl-x64"]),
        new([new ManifestProvider("CPU", default)]),
        new([new MetadataEntry("session.intra_op.allow_spinning", "0")]));

    public static readonly ManifestProfile Apple = new(
        "ios-arm64",
        new(["ios-arm64"]),
        new([new ManifestProvider("CoreML", new([new MetadataEntry("ModelFormat", "MLProgram")])), new ManifestProvider("CPU", default)]),
        default)
    {
        ProcessorFeatures = new(["dotprod"]),
    };

    public static ModelManifest Digits { get; } = Model("digits", "Digits") with
    {
        Task = ModelTask.Classification,
        Inputs = new([new ManifestInput(Float("image", 1, 1, 28, 28), Gray(28))]),
        Outputs = new([new ManifestOutput(Float("logits", 1, 10), OutputKind.Logits)]),
        Labels = new(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        Provenance = new ModelProvenance("Reads one handwritten digit.", "MIT", "trained by samples/DigitReader"),
    };

    public static ModelManifest Squeezenet { get; } = Model("squeezenet", "Squeezenet") with
    {
        Task = ModelTask.Classification,
        Inputs = new([new ManifestInput(
            Float("data_0", 1, 3, 224, 224),
            new ImageInput(ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.ShortSide, 256, 256, 0, false), 224, 1, new([103.94f, 116.78f, 123.68f]), new([1f])))]),
        Outputs = new([new ManifestOutput(Float("softmaxout_1", 1, 6, 1, 1), OutputKind.Probabilities)]),
        Labels = new(["n01440764 tench, Tinca tinca", "n02012849 crane, a bird", "n03126707 crane, a machine", "7-up <drink> & \"more\"", "???", "class"]),
        Profiles = new([Linux, Apple]),
    };

    public static ModelManifest Cifar { get; } = Model("cifar", "Cifar") with
    {
        Task = ModelTask.Classification,
        Inputs = new([new ManifestInput(ValueSignature.Tensor("input", ElementType.Float32, Dimension.Named("batch_size"), Dimension.Of(3), Dimension.Of(32), Dimension.Of(32)), null)]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("495", ElementType.Float32, Dimension.Named("batch_size"), Dimension.Of(10)), OutputKind.Logits) { Temperature = 1.7 }]),
    };

    public static ModelManifest VoiceActivity { get; } = Model("silero-vad", "SileroVad") with
    {
        Inputs = new(
        [
            new ManifestInput(ValueSignature.Tensor("input", ElementType.Float32, Dimension.Unknown, Dimension.Unknown), null),
            new ManifestInput(Float("state", 2, 1, 128), null),
            new ManifestInput(ValueSignature.Tensor("sr", ElementType.Int64), null),
        ]),
        Outputs = new([new ManifestOutput(Float("output", 1, 1), OutputKind.Raw), new ManifestOutput(Float("stateN", 2, 1, 128), OutputKind.Raw)]),
    };

    public static ModelManifest StyleTransfer { get; } = Model("style", "Style") with
    {
        Access = Access.Internal,
        Namespace = "App.Models.Art",
        Inputs = new([new ManifestInput(
            ValueSignature.Tensor("inputImage", ElementType.Float32, Dimension.Of(1), Dimension.Named("height"), Dimension.Named("width"), Dimension.Of(3)),
            new ImageInput(ImageLayout.Nhwc, ImageColor.Rgb, new ImageResize(ImageResizeKind.Letterbox, 416, 416, 114, true), null, 1 / 255f, default, default))]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("outputImage", ElementType.Float32, Dimension.Of(1), Dimension.Unknown, Dimension.Unknown, Dimension.Of(3)), OutputKind.Raw)]),
    };

    public static ModelManifest OddTypes { get; } = Model("odd types", "OddTypes") with
    {
        Inputs = new(
        [
            new ManifestInput(ValueSignature.Tensor("in", ElementType.Float16, Dimension.Of(2)), null),
            new ManifestInput(ValueSignature.Tensor("call", ElementType.Bool, Dimension.Of(1), Dimension.Of(3)), null),
            new ManifestInput(ValueSignature.Tensor("a.b", ElementType.Int32, Dimension.Named("in")), null),
            new ManifestInput(ValueSignature.Tensor("a-b", ElementType.BFloat16, Dimension.Named("in")), null),
            new ManifestInput(new ValueSignature("any", ValueKind.Tensor, ElementType.UInt8, null, "tensor(uint8)"), null),
        ]),
        Outputs = new(
        [
            new ManifestOutput(ValueSignature.Tensor("class", ElementType.Float64), OutputKind.Raw),
            new ManifestOutput(ValueSignature.Tensor("Equals", ElementType.UInt64, Dimension.Of(4)), OutputKind.Raw),
            new ManifestOutput(ValueSignature.Tensor("outputs", ElementType.Int16, Dimension.Of(2), Dimension.Of(2)), OutputKind.Raw),
        ]),
    };

    public static ModelManifest Text { get; } = Model("text", "Text") with
    {
        Inputs = new([new ManifestInput(ValueSignature.Tensor("words", ElementType.String, Dimension.Named("n")), null)]),
        Outputs = new([new ManifestOutput(new ValueSignature("scores", ValueKind.Sequence, ElementType.Undefined, null, "seq(map(string,tensor(float)))"), OutputKind.Raw)]),
    };

    public static ModelManifest Yolox { get; } = Model("yolox", "Yolox") with
    {
        Task = ModelTask.Detection,
        Inputs = new([new ManifestInput(
            Float("images", 1, 3, 416, 416),
            new ImageInput(ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.Letterbox, 416, 416, 114, true), null, 1, default, default))]),
        Outputs = new([new ManifestOutput(Float("output", 1, 3549, 8), OutputKind.Detections)
        {
            Detection = new DetectionFormat(BoxCoding.Grid, false, HasObjectness: true, IsColumnsFirst: false, Background: null, new([8, 16, 32])),
        }]),
        Labels = new(["person", "bicycle", "traffic light"]),
    };

    public static ModelManifest Faces { get; } = Model("faces", "Faces") with
    {
        Task = ModelTask.Detection,
        Inputs = new([new ManifestInput(
            Float("input", 1, 3, 240, 320),
            new ImageInput(ImageLayout.Nchw, ImageColor.Rgb, new ImageResize(ImageResizeKind.Stretch, 320, 240, 0, false), null, 1, new([127f]), new([128f])))]),
        Outputs = new(
        [
            new ManifestOutput(Float("scores", 1, 4420, 2), OutputKind.Scores) { Detection = new DetectionFormat(null, null, HasObjectness: false, IsColumnsFirst: false, Background: null, default) },
            new ManifestOutput(Float("boxes", 1, 4, 4420), OutputKind.Boxes) { Detection = new DetectionFormat(BoxCoding.Corners, true, HasObjectness: false, IsColumnsFirst: true, Background: 0, default) },
        ]),
    };

    public static ModelManifest Features { get; } = Model("features", "Features") with
    {
        Task = ModelTask.Embedding,
        Inputs = new([new ManifestInput(Float("image", 1, 1, 28, 28), Gray(28))]),
        Outputs = new(
        [
            new ManifestOutput(Float("map", 1, 8, 7, 7), OutputKind.Raw),
            new ManifestOutput(Float("features", 1, 64, 1, 1), OutputKind.Embedding),
        ]),
    };

    public static ModelManifest Signals { get; } = Model("signals", "Signals") with
    {
        Task = ModelTask.Embedding,
        Inputs = new([new ManifestInput(ValueSignature.Tensor("count", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(3)), null)]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("point", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(3)), OutputKind.Raw)]),
    };

    public static IEnumerable<ModelManifest> All =>
    [
        Digits, Squeezenet, Cifar, VoiceActivity, StyleTransfer, OddTypes, Text, Yolox, Faces, Features, Signals,
        .. SegmentationManifests.All, .. RegressionManifests.All, .. UnusualManifests.All, .. StreamManifests.All, .. ValueManifests.All,
    ];

    public static ValueSignature Float(string name, params long[] shape) =>
        ValueSignature.Tensor(name, ElementType.Float32, [.. shape.Select(Dimension.Of)]);

    public static ImageInput Gray(int size) =>
        new(ImageLayout.Nchw, ImageColor.Gray, new ImageResize(ImageResizeKind.Stretch, size, size, 0, false), null, 1 / 255f, default, default);

    public static ModelManifest Model(string name, string className) => new(
        name, className, "App.Models", Access.Public, ModelTask.Raw, default, default, default, new([Linux]), new ModelProvenance(null, null, null));
}
