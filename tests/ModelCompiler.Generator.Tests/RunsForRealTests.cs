using ModelCompiler.Contract;
using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Generated classes compiled, loaded, and run by ONNX Runtime.</summary>
public class RunsForRealTests
{
    [Fact]
    public void AClassifierFromPixelsToLabels()
    {
        var manifest = Manifests.Digits with
        {
            Inputs = new([new ManifestInput(Manifests.Float("image", 1, 1, 2, 5), Manifests.Gray(2) with { Resize = ImageResize.None })]),
            Outputs = new([new ManifestOutput(Manifests.Float("logits", 1, 10), OutputKind.Logits)]),
        };
        var model = new TinyModel().Input("image", TinyModel.Float, 1, 1, 2, 5).Output("logits", TinyModel.Float, 1, 10).Node("Flatten", ["image"], "logits").ToBytes();

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var digits = App.Models.Digits.Load(model);
                var pixels = new byte[] { 0, 0, 0, 0, 0, 0, 0, 255, 0, 128 };
                var best = digits.Classify(PixelBuffer.Gray(pixels, 5, 2));
                var top = digits.Classify(PixelBuffer.Gray(pixels, 5, 2), top: 2);
                var raw = digits.Classify(new float[] { 9, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
                return $"{best.Label} {best.Label.ToText()} {best.Index} {top[1].Label} {top.Count} {raw.Label} {App.Models.Digits.Dims.Classes} {digits.Execution.Providers[0]}";
            }
            """, manifest, model);

        answer.ShouldBe("Seven 7 7 Nine 2 Zero 10 CPU");
    }

    /// <summary>The model hands its image through, so that two rows of pixels are two places with a box (centre x, centre y, width, height), an objectness and two classes.</summary>
    [Fact]
    public void ADetectorFromPixelsToBoxesInTheirImage()
    {
        var manifest = Manifests.Yolox with
        {
            Inputs = new([new ManifestInput(Manifests.Float("image", 1, 3, 7), Manifests.Gray(7) with { Resize = ImageResize.None, Scale = 1 })]),
            Outputs = new([new ManifestOutput(Manifests.Float("output", 1, 3, 7), OutputKind.Detections) { Detection = new DetectionFormat(BoxCoding.Center, false, HasObjectness: true, IsColumnsFirst: false, Background: null, default) }]),
            Labels = new(["cat", "dog"]),
        };
        var model = new TinyModel().Input("image", TinyModel.Float, 1, 3, 7).Output("output", TinyModel.Float, 1, 3, 7).Node("Identity", ["image"], "output").ToBytes();

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var yolox = App.Models.Yolox.Load(model);
                var pixels = new byte[] { 3, 1, 2, 2, 1, 0, 1,   3, 1, 2, 2, 1, 0, 1,   1, 2, 4, 2, 1, 1, 0 };
                var all = yolox.Detect(PixelBuffer.Gray(pixels, 7, 3));
                var one = yolox.Detect(PixelBuffer.Gray(pixels, 7, 3), new DetectionOptions { Most = 1 });
                var both = yolox.Detect(PixelBuffer.Gray(pixels, 7, 3), new DetectionOptions { SameObject = 1 });
                return $"{all[0]}; {all[1]}; {all.Count} {one.Count} {both.Count} {all[1].Label == App.Models.YoloxLabel.Dog}";
            }
            """, manifest, model);

        answer.ShouldBe("Cat (100.0 %) at (0.0, 1.0) to (3.0, 3.0); Dog (100.0 %) at (2.0, 0.0) to (4.0, 2.0); 2 1 3 True");
    }

    [Fact]
    public void AnEmbeddingModelComparesSamples()
    {
        var model = new TinyModel().Input("count", TinyModel.Float, "batch", 3).Output("point", TinyModel.Float, "batch", 3).Node("Identity", ["count"], "point").ToBytes();

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var signals = App.Models.Signals.Load(model);
                var one = signals.Embed(new float[] { 0, 3, 4 });
                var batch = signals.EmbedBatch(new float[] { 0, 6, 8, 5, 0, 0 }, 2);
                return System.FormattableString.Invariant($"{one} {one.Values.Span[2]:0.0} {batch.Count} {one.Similarity(batch[0]):0.0} {one.Similarity(batch[1]):0.0}");
            }
            """, Manifests.Signals, model);

        answer.ShouldBe("Embedding of 3 values 0.8 2 1.0 0.0");
    }

    [Fact]
    public void AnEmbeddingOfAnImage()
    {
        var manifest = Manifests.Features with
        {
            Inputs = new([new ManifestInput(Manifests.Float("image", 1, 1, 1, 2), Manifests.Gray(2) with { Resize = ImageResize.None })]),
            Outputs = new([new ManifestOutput(Manifests.Float("features", 1, 2), OutputKind.Embedding)]),
        };
        var model = new TinyModel().Input("image", TinyModel.Float, 1, 1, 1, 2).Output("features", TinyModel.Float, 1, 2).Node("Flatten", ["image"], "features").ToBytes();

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var features = App.Models.Features.Load(model);
                var embedding = features.Embed(PixelBuffer.Gray(new byte[] { 30, 40 }, 2, 1));
                return System.FormattableString.Invariant($"{embedding.Values.Span[0]:0.00} {embedding.Values.Span[1]:0.00}");
            }
            """, manifest, model);

        answer.ShouldBe("0.60 0.80");
    }

    [Fact]
    public void ScalarsAndSeveralOutputs()
    {
        var model = new TinyModel().Input("input", TinyModel.Float, "b", "n").Input("state", TinyModel.Float, 2, 1, 128).Input("sr", TinyModel.Int64)
            .Output("output", TinyModel.Float, 1, 1).Output("stateN", TinyModel.Float, 2, 1, 128)
            .Node("ReduceMax", ["input"], "output").Node("Add", ["state", "state"], "stateN").Node("Identity", ["sr"], "unused").ToBytes();

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var vad = App.Models.SileroVad.Load(new System.IO.MemoryStream(model));
                var state = new float[App.Models.SileroVad.Dims.StateLength];
                state[5] = 21;
                var outputs = vad.Run(new float[] { 1, 7, 3 }, state, 16000L, 1, 3);
                var (probability, next) = (new float[1], new float[256]);
                vad.Run(new float[] { 1, 2, 3, 4 }, state, 16000L, 2, 2, probability, next);
                var later = vad.RunAsync(new float[] { 1, 5 }, state, 16000L, 1, 2).Result;
                return $"{outputs.Output} {outputs.StateN[0, 0, 5]} {probability[0]} {next[5]} {later.Output}";
            }
            """, Manifests.VoiceActivity, model);

        answer.ShouldBe("7 42 4 42 5");
    }

    [Fact]
    public void AnOpenBatchIsAParameterOfRunAndOneForClassify()
    {
        var model = new TinyModel().Input("input", TinyModel.Float, "batch_size", 3, 32, 32).Output("495", TinyModel.Float, "batch_size", 3072)
            .Node("Flatten", ["input"], "495").ToBytes();
        var manifest = Manifests.Cifar with
        {
            Outputs = new([new ManifestOutput(ValueSignature.Tensor("495", ElementType.Float32, Dimension.Named("batch_size"), Dimension.Of(3072)), OutputKind.Logits)]),
        };

        var answer = (string)Call(
            """
            public static string Answer(byte[] model)
            {
                using var cifar = App.Models.Cifar.Load(model);
                var sample = new float[3072];
                sample[77] = 50;
                var two = cifar.Run(new float[2 * 3072], batchSize: 2);
                return $"{cifar.Classify(sample)} {two.Shape[0]}x{two.Shape[1]}";
            }
            """, manifest, model);

        answer.ShouldBe("77 (100.0 %) 2x3072");
    }

    [Fact]
    public void TheUsersPartConfiguresTheSession()
    {
        var model = new TinyModel().Input("input", TinyModel.Float, "batch_size", 3, 32, 32).Output("495", TinyModel.Float, "batch_size", 3072)
            .Node("Flatten", ["input"], "495").ToBytes();
        var manifest = Manifests.Cifar with
        {
            Outputs = new([new ManifestOutput(ValueSignature.Tensor("495", ElementType.Float32, Dimension.Named("batch_size"), Dimension.Of(3072)), OutputKind.Logits)]),
        };
        const string Part = """
            namespace App.Models
            {
                public sealed partial class Cifar
                {
                    public static int Threads;
                    partial void OnConfigureSession(Microsoft.ML.OnnxRuntime.SessionOptions options) { options.IntraOpNumThreads = 1; Threads = options.IntraOpNumThreads; }
                }
            }
            """;

        var answer = (int)Call("public static int Answer(byte[] model) { using var cifar = App.Models.Cifar.Load(model); return App.Models.Cifar.Threads; }", manifest, model, Part);

        answer.ShouldBe(1);
    }

    [Fact]
    public void TryLoadSaysWhatIsMissing()
    {
        var answer = (string)Call(
            """
            public static string Answer(byte[] model) => App.Models.Digits.TryLoad(out var digits, out var error) ? digits.ToString()! : error.Message;
            """, Manifests.Digits with { Name = "never-built" }, []);

        answer.ShouldContain(Path.Combine("models", "never-built.linux-x64.onnx"));
    }

    private static object Call(string method, ModelManifest manifest, byte[] model, string part = "") => RealRun.Of(method, manifest, model, part);
}
