using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Documents;

/// <summary>Reports as compiles write them.</summary>
internal static class Subjects
{
    private const string Sha256 = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    /// <summary>Everything was measured.</summary>
    public static ReportSubject Full { get; } = new(
        "squeezenet",
        new CompileReport
        {
            Model = "/home/somebody/models/squeezenet1.1.onnx",
            Profile = "android-arm64",
            Precision = "int8",
            Original = new(4_956_208, 1_235_496, 349_152_000),
            Compiled = new("/home/somebody/obj/models/squeezenet.android-arm64.onnx", 1_302_884, 902_312, 249_994_000, Sha256),
            Compressed = new("/home/somebody/obj/models/squeezenet.android-arm64.onnx.gz", 1_101_224, Sha256),
            Passes = [new("fold-batch-normalization", 26, 0), new("eliminate-identity", 3, 1), new("quantize", 26, 2)],
            Quantized = new(66, 64, [new("/classifier/conv", "the output is more accurate in float"), new("softmax", "no integer kernel on this profile")], 0.9871),
            Ladder = [new("nearest", 21.4), new("equalize", 24.91), new("biasCorrection", 27.3), new("adaptiveRounding", 31.02)],
            Pruning = new("channels", "multiply-accumulates", 0.3, 0.284, [
                new(0.5, 0.492) { Precision = "fp32", Bytes = 2_400_000, Accuracy = 0.412, AccuracyDrop = 0.162, Top1Agreement = 0.55, SqnrDb = 8.1, Refusal = "accuracy falls by 16.2 points" },
                new(0.4, 0.391) { Precision = "fp32", Bytes = 2_900_000, Accuracy = 0.541, AccuracyDrop = 0.033, Top1Agreement = 0.81, SqnrDb = 13.7, Refusal = "accuracy falls by 3.3 points" },
                new(0.3, 0.284) { Precision = "int8", Bytes = 1_302_884, Accuracy = 0.571, AccuracyDrop = 0.003, Top1Agreement = 0.95, SqnrDb = 19.2, Speed = 2.41 },
            ])
            { OriginalPackedBytes = 4_600_000, PackedBytes = 1_101_224 },
            Fidelity = new(31.02, 0.962, 0.0041, 0.0831, 0.21, 500, [new("softmaxout_1", 31.02, 0.962, 499_120)]),
            Accuracy = new("top1", 0.574, 0.571, 0.003, 500, [-0.004, 0.01], 0.453125, [0.528, 0.613]) { WorstClasses = [new(7, "wolf <grey>", 25, 0.92, 0.8, 0.375), new(2, null, 20, 0.75, 0.7, 1)], Slices = [new("by <night>", 60, 0.5, 0.45, 0.05, 0.25), new("by day", 440, 0.584091, 0.5875, -0.003409, 1)] },
            Calibration = new("softmaxout_1", "probabilities", 500, new(0.0312, 1.81, Bins((40, 0.3, 0.35), (160, 0.55, 0.5), (300, 0.9, 0.89))), new(0.0495, 1.84, Bins((35, 0.31, 0.31), (150, 0.54, 0.46), (315, 0.92, 0.87))), new(1, 1.271, 250, 250, 0.05, 0.031, 1.84, 1.79, null), null),
            OutOfDistribution = new("nothing <here>", 128, 48, [new("maxProbability", 0.9871, [0.963, 0.9956], 0.9612, [0.929, 0.979]), new("energy", 1, [0.9794, 1], 0.9991, [0.985, 0.9999])], null),
            Measures =
            [
                new("top1", MeasureFacts.Share, true, 0.574, 0.571, -0.003, 500, [0.530, 0.617], [0.527, 0.614], [-0.01, 0.004], 0.453125),
                new("top5", MeasureFacts.Share, true, 0.812, 0.812, 0, 500, [0.775, 0.844], [0.775, 0.844], [-0.004, 0.004], 1),
                new("SI-SDR", MeasureFacts.Decibels, true, 18.41, 17.9, -0.51, 500, [17.9, 19], [17.4, 18.5], [-0.6, -0.42], 0.001),
                new("worst cosine similarity to the original", MeasureFacts.Cosine, true, null, 0.99123, null, 500, null, null, null, null),
                new("RMSE", MeasureFacts.Target, false, 1234.5, 1240, 5.5, 500, [1200, 1270], [1206, 1275], [2.25, 8.75], 0.012),
            ],
            ChangedAnswers = new(19, 500, [
                new("n01440764_<tench>.jpg", new(0, "tench"), new(0, "tench"), new(391, "coho")) { Thumbnail = [0x89, (byte)'P', (byte)'N', (byte)'G'] },
                new("second.jpg", null, new(5, null), null),
            ]),
            Trainings =
            [
                new("the pruned model", null)
                {
                    Samples = 224, HeldOutSamples = 32, Parameters = 1_002_884, ActivationBytes = 48_300_000, Epochs = 6, BestEpoch = 5,
                    Losses = [0.412, 0.455, 0.398, 0.351, 0.322, 0.319, 0.321], AgreementBefore = 0.688, AgreementAfter = 0.781, SqnrDbBefore = 11.2, SqnrDbAfter = 13.9,
                    Frozen = ["Loop 'decoder', since there is no gradient rule for Loop"],
                },
                new("the int8 form", "big.onnx") { Refusal = "no weights answered the held-out samples better than those of the start", Samples = 224, HeldOutSamples = 32, Epochs = 2, Losses = [0.02, 0.03, 0.025] },
            ],
            Tried =
            [
                new() { Precision = "int8", Bytes = 1_290_112, Accuracy = 0.548, AccuracyDrop = 0.026, Top1Agreement = 0.88, SqnrDb = 14.1, Refusal = "top-1 accuracy would fall from 57.4 % to 54.8 % (n=500)" },
                new() { Precision = "int8", Bytes = 1_302_884, Accuracy = 0.571, AccuracyDrop = 0.003, Top1Agreement = 0.95, SqnrDb = 19.2, Speed = 2.41 },
                new() { Precision = "fp32", Bytes = 4_956_208, Accuracy = 0.574, AccuracyDrop = 0, Top1Agreement = 1, SqnrDb = 120, Refusal = "another form was better" },
            ],
            Latency = new(10_482.3, 4_349.5, 2.41, 200, 1) { OriginalP90Us = 11_020.1, CompiledP90Us = 4_500.4, OriginalLoadMs = 21.5, CompiledLoadMs = 12.2 },
            Memory = new(31_457_280) { OriginalPeakBytes = 47_800_320, ActivationBytes = 2_764_800 },
            Energy = new(2.4, 0.37, "float multiply-accumulates × 4.6 pJ + integer ones × 0.3 pJ + bytes of weights × 160 pJ"),
            Measured = new("2026-11-02T10:20:30Z", "AMD EPYC 7763 64-Core Processor, 2 logical processors", "linux-x64"),
            Diagnostics = [new("MC3007", "info", "int8 was taken: it is the smallest form that loses nothing."), new("MC3004", "warning", "the calibration data has 16 samples; 100 or more give better ranges.")],
        },
        new("Names what is in a picture, of 1000 classes.", "Apache-2.0", "https://example.org/squeezenet"))
    {
        Task = ModelTask.Classification,
        TakesImages = true,
        Inputs = ["data: float[1,3,224,224]"],
        Outputs = ["softmaxout_1: float[1,1000]"],
    };

    private static ReliabilityBinFacts[] Bins(params (int Samples, double Confidence, double Accuracy)[] filled) =>
        [.. Enumerable.Range(0, 15).Select(bin => filled.Where(part => (int)(part.Confidence * 15) == bin).Select(part => new ReliabilityBinFacts(part.Samples, part.Confidence, part.Accuracy)).FirstOrDefault() ?? new(0, null, null))];

    /// <summary>Nothing was measured, and nothing is known of where the model comes from.</summary>
    public static ReportSubject Bare { get; } = new(
        "m",
        new CompileReport
        {
            Model = @"C:\models\m.onnx",
            Profile = "portable",
            Precision = "original",
            Original = new(1234, null, null),
            Compiled = new(@"C:\obj\m.portable.onnx", 1234, null, null, Sha256),
            Passes = [],
            Diagnostics = [],
        },
        new(null, null, null));

    /// <summary>Every text that somebody else wrote is this one.</summary>
    public static ReportSubject Saying(string text) => Full with
    {
        Name = text,
        Provenance = new(text, text, text),
        Inputs = [text],
        Outputs = [text],
        Report = Full.Report with
        {
            Model = text,
            Profile = text,
            Precision = text,
            Compiled = Full.Report.Compiled! with { Path = text },
            Passes = [new(text, 1, 2)],
            Quantized = new(2, 1, [new(text, text)], 0.5),
            Ladder = [new(text, 20), new(text, null)],
            Pruning = Full.Report.Pruning! with { Method = text, Unit = text, Curve = [.. Full.Report.Pruning!.Curve.Select(point => point with { Precision = text, Refusal = text })] },
            Fidelity = Full.Report.Fidelity! with { Outputs = [new(text, null, null, 1)] },
            Accuracy = Full.Report.Accuracy! with { Metric = text, Slices = [new(text, 20, 1, 1, 0, 1)] },
            OutOfDistribution = Full.Report.OutOfDistribution! with { Source = text, Scores = [new(text, 1, [0.9, 1], 1, [0.9, 1])] },
            Calibration = new(text, text, 0, null, null, null, text),
            Measures = [.. Full.Report.Measures!.Select(measure => measure with { Name = text + measure.Name })],
            Tried = [.. Full.Report.Tried.Select(form => form with { Precision = text, Refusal = text })],
            ChangedAnswers = new(1, 1, [new(text, new(1, text), new(2, text), new(3, text))]),
            Energy = new(1, 2, text),
            Measured = new(text, text, text),
            Diagnostics = [new(text, text, text)],
        },
    };

    /// <summary>What names and messages may be made of.</summary>
    public static TheoryData<string> HostileTexts { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror='alert(1)'>",
        "]]></svg><!-- -->",
        "😀 \U0001F469\u200D\U0001F680 é ß 模型",
        "a\u0000b\u0007c\u001b[31md\u009F",
        "half \uD800 a pair \uDC00",
        "one\ntwo\r\nthree\u2028four\u0085five\ttab",
        "---\nlicense: mit\n---",
        "key: [value, {a: b}] # no comment\\",
        "| a | b |\n# heading\n![x](javascript:alert(1)) `code` **bold**",
        "\u202Etxt.exe\u202C\uFEFF",
        "{{ template }} ${x} %s & &amp; &#x3C;",
        "no",
        "0x1F",
        "'",
    ];
}
