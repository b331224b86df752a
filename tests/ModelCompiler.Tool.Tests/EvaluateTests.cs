namespace ModelCompiler.Tests;

public class EvaluateTests
{
    private const string SqueezeNetSidecar = """
        {
          "task": "classification",
          "inputs": { "data_0": { "image": { "layout": "NCHW", "color": "BGR", "resize": "shortSide:256", "crop": "center:224", "scale": 1, "mean": [103.94,116.78,123.68], "std": [1,1,1] } } },
          "outputs": { "softmaxout_1": { "kind": "probabilities" } }
        }
        """;

    private const string YoloxSidecar = """
        {
          "inputs": { "images": { "image": { "layout": "NCHW", "color": "BGR", "resize": "letterbox:416:114:topleft" } } },
          "outputs": { "output": { "kind": "detections", "detection": { "layout": "yolox" } } }
        }
        """;

    [Fact]
    public void ComparesAModelWithItsReferenceOnArrays()
    {
        using var folder = new TestFolder();
        var original = TinyModels.Linear(folder.File("original.onnx"));
        var doubled = TinyModels.Linear(folder.File("doubled.onnx"), scale: 2);

        var run = Modelc.Run("evaluate", doubled, "--reference", original, "--data", Npz.Write(folder.File("x.npz"), "x", rows: 5, columns: 4), "--json").ShouldSucceed();

        run.Error.ShouldBeEmpty();
        run.Json.GetProperty("samples").GetInt32().ShouldBe(5);
        run.Json.GetProperty("accuracy").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        // Outputs twice as large: the difference is as strong as the signal, and the best class stays.
        run.Json.GetProperty("fidelity").GetProperty("sqnrDb").GetDouble().ShouldBe(0, 0.01);
        run.Json.GetProperty("fidelity").GetProperty("top1Agreement").GetDouble().ShouldBe(1);
    }

    [Fact]
    public void PreprocessesPhotosAsTheSidecarOfTheReferenceSays()
    {
        using var folder = new TestFolder();
        var model = SharedData.Require("models/squeezenet/squeezenet_fp32.onnx");
        File.Copy(model, folder.File("squeezenet.onnx"));
        folder.Write("squeezenet.model.json", SqueezeNetSidecar);

        var run = Modelc.Run("evaluate", model, "--reference", folder.File("squeezenet.onnx"), "--data", SharedData.Require("images/imagenet-even"), "--json").ShouldSucceed();

        var accuracy = run.Json.GetProperty("accuracy");
        accuracy.GetProperty("samples").GetInt32().ShouldBe(500);
        accuracy.GetProperty("compiled").GetDouble().ShouldBeInRange(0.58, 0.62);   // published: 0.60
        accuracy.GetProperty("drop").GetDouble().ShouldBe(0);
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("int8-weights")]
    [InlineData("fp16-weights")]
    public void RepeatsEveryFigureOfTheCompile(string precision)
    {
        using var folder = new TestFolder();
        var model = TinyModels.Saturating(folder.File("m.onnx"));
        var samples = Npz.Write(folder.File("x.npz"), "x", rows: 8, columns: 3 * 64);
        var labelled = Npz.WriteLabelled(folder.File("labelled.npz"), "x", rows: 40, columns: 3 * 64, classes: 16);

        var compiled = Modelc.Run("compile", model, "--profile", "linux-arm64", "-o", folder.File("out"), "--precision", precision, "--calibration", samples, "--evaluation", labelled, "--json").ShouldSucceed().Json;
        var asset = compiled.GetProperty("compiled").GetProperty("path").GetString()!;
        var evaluated = Modelc.Run("evaluate", asset, "--reference", model, "--data", labelled, "--json").ShouldSucceed().Json;

        evaluated.GetProperty("samples").GetInt32().ShouldBe(40);
        evaluated.GetProperty("accuracy").GetRawText().ShouldBe(compiled.GetProperty("accuracy").GetRawText());
        evaluated.GetProperty("fidelity").GetRawText().ShouldBe(compiled.GetProperty("fidelity").GetRawText());
        evaluated.GetProperty("measures").GetRawText().ShouldBe(compiled.GetProperty("measures").GetRawText());
        evaluated.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("name").GetString()).ShouldBe(["top1", "top5"]);
        compiled.GetProperty("accuracy").GetProperty("samples").GetInt32().ShouldBe(40);
        compiled.GetProperty("fidelity").GetProperty("samples").GetInt32().ShouldBe(40);
    }

    [Fact]
    public void RepeatsWhatTheCompileMeasuredOfADetector()
    {
        using var folder = new TestFolder();
        var model = folder.File("yolox.onnx");
        File.Copy(SharedData.Require("models/yolox-nano/yolox_nano.onnx"), model);
        folder.Write("yolox.model.json", YoloxSidecar);
        CopySome(SharedData.Require("images/coco-train"), folder.File("photos"), count: 6);

        var compiled = Modelc.Run("compile", model, "--profile", "linux-arm64", "-o", folder.File("out"), "--precision", "int8-weights", "--evaluation", folder.File("photos"), "--robustness", "false", "--json").ShouldSucceed();
        var asset = folder.File(Path.Combine("out", "yolox.linux-arm64.onnx"));
        var evaluated = Modelc.Run("evaluate", asset, "--reference", model, "--data", folder.File("photos"), "--json").ShouldSucceed();
        var alone = Modelc.Run("evaluate", model, "--data", folder.File("photos"), "--json").ShouldSucceed();

        var accuracy = compiled.Json.GetProperty("accuracy");
        accuracy.GetProperty("metric").GetString().ShouldBe("AP50");
        accuracy.GetProperty("samples").GetInt32().ShouldBe(6);
        accuracy.GetProperty("ci95").GetArrayLength().ShouldBe(2);
        evaluated.Json.GetProperty("accuracy").GetRawText().ShouldBe(accuracy.GetRawText());
        evaluated.Json.GetProperty("measures").GetRawText().ShouldBe(compiled.Json.GetProperty("measures").GetRawText());
        alone.Json.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("name").GetString()).ShouldBe(["AP50", "AP50:95"]);
        alone.Json.GetProperty("accuracy").GetProperty("compiled").GetDouble().ShouldBe(accuracy.GetProperty("original").GetDouble());
        alone.Json.GetProperty("accuracy").GetProperty("compiledCi95").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void RefusesABoxThatIsNone()
    {
        using var folder = new TestFolder();
        var model = folder.File("yolox.onnx");
        File.Copy(SharedData.Require("models/yolox-nano/yolox_nano.onnx"), model);
        folder.Write("yolox.model.json", YoloxSidecar);
        CopySome(SharedData.Require("images/coco-train"), folder.File("photos"), count: 1);
        var boxes = Directory.EnumerateFiles(folder.File("photos"), "*.txt").Single();
        File.WriteAllText(boxes, "3 100 100 20 20");

        Modelc.Run("evaluate", model, "--data", folder.File("photos"), "--json").ShouldFailWith("MC0016").ShouldContain("Line 1 is no box: 100 is outside of 0 to 1");
    }

    // Every row has the logits 8, 10 and 12, so that softmax is 87 % sure of the last class, which half of them are.
    [Fact]
    public void WritesTheTemperatureThatFitsIntoTheSidecar()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Linear(folder.File("linear.onnx"), scale: 14);
        folder.Write("linear.model.json", """{ "task": "classification", "outputs": { "y": { "kind": "logits" } } }""");
        float[] rows = [.. Enumerable.Range(0, 80).SelectMany(_ => new float[] { 0, 0, 0, 1 })];
        int[] labels = [.. Enumerable.Range(0, 80).Select(i => i % 8 < 4 ? 2 : i % 8 < 6 ? 1 : 0)];
        var data = Npz.WriteLabelled(folder.File("x.npz"), "x", rows, columns: 4, labels);

        var run = Modelc.Run("evaluate", model, "--data", data, "--fit-temperature", "--json").ShouldSucceed();

        var fitted = run.Json.GetProperty("fittedTemperature");
        var temperature = fitted.GetProperty("fitted").GetDouble();
        temperature.ShouldBeGreaterThan(1);
        fitted.GetProperty("eceAfter").GetDouble().ShouldBeLessThan(fitted.GetProperty("eceBefore").GetDouble());
        File.ReadAllText(folder.File("linear.model.json")).ShouldBe(FormattableString.Invariant(
            $$"""{ "task": "classification", "outputs": { "y": { "kind": "logits", "temperature": {{temperature}} } } }"""));
        Modelc.Run("evaluate", model, "--data", data, "--json").ShouldSucceed().Json.GetProperty("calibration").GetProperty("compiled").GetProperty("ece").GetDouble()
            .ShouldBe(fitted.GetProperty("eceAfter").GetDouble(), 0.001);
    }

    [Fact]
    public void RefusesAMissingDataSet()
    {
        using var folder = new TestFolder();
        Modelc.Run("evaluate", TinyModels.Linear(folder.File("linear.onnx")), "--data", folder.File("none")).ShouldFailWith("MC0008");
    }

    /// <summary>The first photos that have objects, with their boxes beside them.</summary>
    private static void CopySome(string from, string to, int count)
    {
        Directory.CreateDirectory(to);
        foreach (var boxes in Directory.EnumerateFiles(Path.Combine(from, "labels")).Order(StringComparer.Ordinal).Take(count))
        {
            var photo = Path.GetFileNameWithoutExtension(boxes) + ".jpg";
            File.Copy(boxes, Path.Combine(to, Path.GetFileName(boxes)));
            File.Copy(Path.Combine(from, "images", photo), Path.Combine(to, photo));
        }
    }

    [Fact]
    public void RefusesPhotosThatDoNotDecode()
    {
        using var folder = new TestFolder();
        var model = TinyModels.Image(folder.File("image.onnx"));
        folder.Write("image.model.json", """{ "inputs": { "x": { "image": { "layout": "NCHW", "color": "RGB", "resize": "stretch:8x8" } } } }""");
        Directory.CreateDirectory(folder.File("photos"));
        folder.Write("photos/broken.png", "this is no picture");

        Modelc.Run("evaluate", model, "--data", folder.File("photos"), "--json").ShouldFailWith("MC0010").ShouldContain("broken.png");
    }
}
