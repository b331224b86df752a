using ModelCompiler.Contract;

namespace CompileBench;

/// <summary>One row of the table: a model in one precision, with the data that it is calibrated and measured on.</summary>
/// <param name="Model">Path below the data folder, or the name of a model that the bench makes.</param>
/// <param name="Precision">A word of the <c>Precision</c> metadata.</param>
internal sealed record BenchCase(string Model, string Precision)
{
    /// <summary>Makes the model and tells its path; null for a file of the data folder.</summary>
    public Func<DataFolder, string>? Make { get; init; }

    /// <summary>Where calibration samples come from, given the data folder and a folder for converted files; null for none.</summary>
    public Func<DataFolder, string>? Calibration { get; init; }

    /// <summary>Where labelled samples come from; null compares on calibration data or made-up inputs.</summary>
    public Func<DataFolder, string>? Evaluation { get; init; }

    public ModelOptions Options { get; init; } = ModelOptions.None;

    /// <summary>What the row may lose, as its project would say; null for any price.</summary>
    public string? Budget { get; init; } = "0.5%";

    /// <summary>Where the model is that it learns from; null for the original itself.</summary>
    public Func<DataFolder, string>? Teacher { get; init; }

    public string ModelIn(DataFolder data) => Make?.Invoke(data) ?? data.Path(Model);

    public string Name => $"{Path.GetFileNameWithoutExtension(Model)}, {Precision}{(Options.Compile is { Pruning: { } pruning, PruningRatio: var ratio } ? $", {pruning} {ratio}".TrimEnd() : "")}";

    private static readonly ModelOptions SqueezeNetPhotos = new()
    {
        Images = new([PreprocessText.Parse("image;layout=NCHW;color=BGR;resize=shortSide:256;crop=center:224;scale=1;mean=103.94,116.78,123.68;std=1,1,1")!]),
    };

    private static readonly ModelOptions YoloxPhotos = new()
    {
        Images = new([PreprocessText.Parse("image;layout=NCHW;color=BGR;resize=letterbox:416:114:topleft;scale=1;mean=0,0,0;std=1,1,1")!]),
    };

    private const string CifarBytes = "image;layout=NCHW;color=RGB;scale=1;mean=0,0,0;std=1,1,1";

    private const string CifarNormalised = "image;layout=NCHW;color=RGB;scale=0.00392156862745098;mean=0.485,0.456,0.406;std=0.229,0.224,0.225";

    /// <summary>What <c>--pruning</c> prunes in several ways.</summary>
    public static IReadOnlyList<BenchCase> Prunable { get; } = [ResNet20("fp32"), UnfusedResNet20("fp32"), SqueezeNet("fp32"), ResNet8("fp32"), Yolox("fp32")];

    /// <summary>What <c>--distill</c> trains.</summary>
    public static IReadOnlyList<BenchCase> Distilled { get; } =
    [
        Trained(Pruned(ResNet20("fp32"), "channels", "30%"), "3min"),
        Trained(Pruned(ResNet20("fp32"), "channels", "50%"), "5min"),
        Trained(Pruned(ResNet20("int8"), "channels", "30%"), "3min"),
        Trained(ResNet20("int8"), "3min"),
        Trained(Pruned(SqueezeNet("fp32"), "channels", "20%"), "5min"),
        Trained(Pruned(Yolox("fp32"), "channels", "10%"), "5min"),
        Trained(Pruned(Yolox("int8"), "channels", "10%"), "5min"),
        Trained(Pruned(SqueezeNet("fp32"), "2:4", "50%"), "5min"),
        SmallStudent("student of ResNet-20", SmallResNet.Write, data => data.Path("models/cifar10-resnet20/cifar10_resnet20.onnx"), (data, file, count) => data.Cifar(file, count, CifarScaling.Normalised)),
        SmallStudent("student of labels", SmallResNet.WriteForLabels, data => SmallResNet.WriteLabels(data.Outputs.FullName), (data, file, count) => data.CifarWithAnswers(file, count, CifarScaling.Normalised)),
    ];

    /// <summary>The table.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        SqueezeNet("int8"),
        SqueezeNet("int8-weights"),
        SqueezeNet("fp16-weights"),
        ResNet20("int8"),
        ResNet20("int8-weights"),
        ResNet8("int8"),
        ResNet8("int8-weights"),
        Yolox("fp32"),
        Yolox("int8-weights"),
        Yolox("int8"),
        Auto("models/ultraface/version-RFB-320.onnx"),
        Auto("models/ppocr-det/ch_PP-OCRv3_det_infer.onnx"),
        Auto("models/dtln/model_1.onnx"),
        Auto("models/dtln/model_2.onnx"),
        Auto("models/silero-vad/silero_vad_op18_ifless.onnx"),
        Auto("models/magika/standard_v2_1.onnx"),
        Auto("models/style-transfer/fns-candy.onnx"),
        new("models/magika/standard_v2_1.onnx", "int8-dynamic"),
        FullyConnected("auto", rows: 1),
        FullyConnected("int8-weights", rows: 1),
        FullyConnected("int4-weights", rows: 1),
        FullyConnected("int8-dynamic", rows: 64),
        Pruned(ResNet20("fp32"), "channels", "20%"),
        Pruned(ResNet20("fp32"), "channels", "30%"),
        Pruned(UnfusedResNet20("fp32"), "channels", "20%"),
        Pruned(UnfusedResNet20("fp32"), "channels", "30%"),
        Pruned(ResNet20("int8"), "channels", "30%"),
        Pruned(SqueezeNet("fp32"), "channels", "10%"),
        Pruned(SqueezeNet("fp32"), "channels", "20%"),
        Pruned(SqueezeNet("int8"), "channels", "10%"),
        Pruned(ResNet8("fp32"), "channels", "10%"),
        Pruned(ResNet8("fp32"), "channels", "20%"),
        Pruned(Yolox("fp32"), "channels", "10%"),
        Pruned(Yolox("fp32"), "channels", "20%"),
        Pruned(SqueezeNet("fp32"), "weights", "50%"),
        Pruned(SqueezeNet("fp32"), "2:4", "50%"),
    ];

    private static BenchCase SmallStudent(string name, Func<string, string> write, Func<DataFolder, string> teacher, Func<DataFolder, string, int, string> cifar) => new(name, "fp32")
    {
        Make = data => write(data.Outputs.FullName),
        Teacher = teacher,
        Budget = null,
        Options = new()
        {
            Images = new([PreprocessText.Parse(CifarNormalised)!]),
            Outputs = new([new OutputBinding("logits", OutputKind.Logits)]),
            Compile = new() { Distill = true, DistillTime = "5min" },
        },
        Calibration = data => cifar(data, "cifar10/calibration-2000.bin", 2000),
        Evaluation = data => cifar(data, "cifar10/test-first-5000.bin", 5000),
    };

    private static BenchCase Trained(BenchCase row, string time) => row with
    {
        Budget = null,
        Options = row.Options with { Compile = row.Options.Compile with { Distill = true, DistillTime = time } },
    };

    private static BenchCase SqueezeNet(string precision) => new("models/squeezenet/squeezenet_fp32.onnx", precision)
    {
        Options = SqueezeNetPhotos,
        Calibration = data => data.Path("images/imagenet-calibration"),
        Evaluation = data => data.Path("images/imagenet-even"),
    };

    private static BenchCase ResNet20(string precision) => Cifar("models/cifar10-resnet20/cifar10_resnet20.onnx", precision, CifarScaling.Normalised);

    /// <summary>The same network with its BatchNormalization nodes.</summary>
    private static BenchCase UnfusedResNet20(string precision) => Cifar("models/cifar10-resnet20/cifar10_resnet20_bn_unfused.onnx", precision, CifarScaling.Normalised);

    private static BenchCase ResNet8(string precision) => Cifar("models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx", precision, CifarScaling.Bytes);

    private static BenchCase Cifar(string model, string precision, CifarScaling scaling) => new(model, precision)
    {
        Options = new() { Images = new([PreprocessText.Parse(scaling == CifarScaling.Bytes ? CifarBytes : CifarNormalised)!]) },
        Calibration = data => data.Cifar("cifar10/calibration-2000.bin", 2000, scaling),
        Evaluation = data => data.Cifar("cifar10/test-first-5000.bin", 5000, scaling),
    };

    private static BenchCase Yolox(string precision) => new("models/yolox-nano/yolox_nano.onnx", precision)
    {
        Options = YoloxPhotos,
        Calibration = data => data.Path("images/imagenet-calibration"),
        Evaluation = data => data.Path("images/coco-train"),
    };

    private static BenchCase FullyConnected(string precision, int rows) => new($"{rows}-row{(rows == 1 ? "" : "s")}-by-1024x1024", precision)
    {
        Make = data => FullyConnectedStack.Write(data.Outputs.FullName, rows, size: 1024, layers: 4),
    };

    /// <summary>Without a budget: what the ratio costs is what the row shows.</summary>
    private static BenchCase Pruned(BenchCase row, string method, string ratio) => row with
    {
        Budget = null,
        Options = row.Options with { Compile = row.Options.Compile with { Pruning = method, PruningRatio = ratio } },
    };

    private static BenchCase Auto(string model) => new(model, "auto");
}
