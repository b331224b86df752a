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

    public string ModelIn(DataFolder data) => Make?.Invoke(data) ?? data.Path(Model);

    public string Name => $"{Path.GetFileNameWithoutExtension(Model)}, {Precision}";

    private static readonly ModelOptions SqueezeNetPhotos = new()
    {
        Images = new([PreprocessText.Parse("image;layout=NCHW;color=BGR;resize=shortSide:256;crop=center:224;scale=1;mean=103.94,116.78,123.68;std=1,1,1")!]),
    };

    private static readonly ModelOptions YoloxPhotos = new()
    {
        Images = new([PreprocessText.Parse("image;layout=NCHW;color=BGR;resize=letterbox:416:114:topleft;scale=1;mean=0,0,0;std=1,1,1")!]),
    };

    /// <summary>The table.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        SqueezeNet("int8"),
        SqueezeNet("int8-weights"),
        SqueezeNet("fp16-weights"),
        Cifar("models/cifar10-resnet20/cifar10_resnet20.onnx", "int8", CifarScaling.Normalised),
        Cifar("models/cifar10-resnet20/cifar10_resnet20.onnx", "int8-weights", CifarScaling.Normalised),
        Cifar("models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx", "int8", CifarScaling.Bytes),
        Cifar("models/cifar10-resnet8/mlperf_resnet8_cifar10.onnx", "int8-weights", CifarScaling.Bytes),
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
    ];

    private static BenchCase SqueezeNet(string precision) => new("models/squeezenet/squeezenet_fp32.onnx", precision)
    {
        Options = SqueezeNetPhotos,
        Calibration = data => data.Path("images/imagenet-calibration"),
        Evaluation = data => data.Path("images/imagenet-even"),
    };

    private static BenchCase Cifar(string model, string precision, CifarScaling scaling) => new(model, precision)
    {
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

    private static BenchCase Auto(string model) => new(model, "auto");
}
