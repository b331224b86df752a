namespace ModelCompiler.Contract.Tests;

public sealed class SidecarTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "models"));

    [Fact]
    public void SaysWhatTheDocumentationShows()
    {
        var options = Parse("""
            { "$schema": "model.schema.json", "task": "classification", "labels": "labels.txt",
              "inputs": { "data_0": { "image": { "layout": "NCHW", "color": "BGR", "resize": "shortSide:256", "crop": "center:224", "scale": 1, "mean": [103.94,116.78,123.68], "std": [1,1,1] } } },
              "outputs": { "softmaxout_1": { "kind": "probabilities" } },
              "dims": { "batch": 1 },
              "precision": "int8", "calibration": "photos/", "maxAccuracyDrop": "0.5%", "maxSize": 4000000, "license": "MIT", "source": "the zoo" }
            """);

        options.Task.ShouldBe(ModelTask.Classification);
        options.Labels.ShouldBe(Path.Combine(Folder, "labels.txt"));
        options.Images.Single().Input.ShouldBe("data_0");
        options.Images.Single().Settings.Mean.ShouldBe([103.94f, 116.78f, 123.68f]);
        options.Outputs.ShouldBe([new OutputBinding("softmaxout_1", OutputKind.Probabilities)]);
        options.Dims.ShouldBe([new DimensionBinding("batch", 1)]);
        options.Compile.Precision.ShouldBe("int8");
        options.Compile.Calibration.ShouldBe(Path.Combine(Folder, "photos") + Path.DirectorySeparatorChar);
        options.Compile.MaxAccuracyDrop.ShouldBe("0.5%");
        options.Compile.MaxSize.ShouldBe("4000000");
        options.Provenance.ShouldBe(new ModelProvenance(null, "MIT", "the zoo"));
    }

    [Theory]
    [InlineData("""{ "precison": "int8" }""", "'precison' is not known")]
    [InlineData("""{ "task": "guessing" }""", "'task' must be one of auto, raw, classification")]
    [InlineData("""{ "task": 3 }""", "'task' must be a text")]
    [InlineData("""{ "inputs": { "x": { "image": { "resize": "big" } } } }""", "'inputs.x.image.resize' must be shortSide:N")]
    [InlineData("""{ "inputs": { "x": { "image": { "mean": ["a"] } } } }""", "'inputs.x.image.mean' must be a list of numbers")]
    [InlineData("""{ "inputs": { "x": { "image": { "mean": [1e300] } } } }""", "'inputs.x.image.mean' must be a number that a float can hold")]
    [InlineData("""{ "inputs": { "x": { "sound": {} } } }""", "'inputs.x.sound' is not known")]
    [InlineData("""{ "outputs": { "a/b:0": { "kind": "odds" } } }""", "'outputs.a/b:0.kind' must be one of")]
    [InlineData("""{ "outputs": { "y": { "kind": "detections", "detection": { "layout": "yolo99" } } } }""", "'outputs.y.detection.layout' must be one of yolox, yolov5, yolov8, ssd")]
    [InlineData("""{ "outputs": { "y": { "kind": "boxes", "detection": { "box": "round" } } } }""", "'outputs.y.detection.box' must be one of corners, center, grid")]
    [InlineData("""{ "outputs": { "y": { "kind": "boxes", "detection": { "background": 0.5 } } } }""", "'outputs.y.detection.background' must be the index of a class")]
    [InlineData("""{ "outputs": { "y": { "kind": "boxes", "detection": { "strides": [8, 0] } } } }""", "'outputs.y.detection.strides' must be a list of whole numbers")]
    [InlineData("""{ "outputs": { "y": { "kind": "logits", "temperature": 0 } } }""", "'outputs.y.temperature' must be a number from 0.01 to 100")]
    [InlineData("""{ "outputs": { "y": { "kind": "raw", "temperature": 2 } } }""", "'outputs.y.kind' must be logits or probabilities")]
    [InlineData("""{ "outputs": { "y": { "temperature": 2 } } }""", "'outputs.y.kind' must be logits or probabilities")]
    [InlineData("""{ "outputs": { "y": { "kind": "logits", "detection": {} } } }""", "'outputs.y.kind' must be detections or boxes")]
    [InlineData("""{ "outputs": { "y": { "detection": {} } } }""", "'outputs.y.kind' must be detections or boxes")]
    [InlineData("""{ "dims": { "batch": 0.5 } }""", "'dims.batch' must be a whole number")]
    [InlineData("""{ "maxAccuracyDrop": "lots" }""", "'maxAccuracyDrop' must be a share")]
    [InlineData("""{ "calibration": "" }""", "'calibration' must be a path")]
    [InlineData("""{ "distill": "yes" }""", "'distill' must be true or false")]
    [InlineData("""{ "license": "MIT", "license": "BSD" }""", "'license' is there twice")]
    [InlineData("""{ "license": "MIT" """, "not valid JSON")]
    [InlineData("""{ "__type": "x", "license": "MIT" }""", "'__type' is not known")]
    [InlineData("""[1, 2]""", "must be an object")]
    [InlineData("", "not valid JSON")]
    public void NamesThePropertyThatIsWrong(string json, string expected) =>
        Diagnosed.By(DiagnosticRules.SidecarInvalid, () => Parse(json)).Message.ShouldContain(expected);

    [Fact]
    public void NamesTheLineThatIsWrong()
    {
        var diagnostic = Diagnosed.By(DiagnosticRules.SidecarInvalid, () => Parse("{\n  \"license\": \"MIT\",\n  \"task\": 3\n}"));

        diagnostic.ToString().ShouldStartWith("net.model.json(3) : error MC0004: ");
    }

    [Theory]
    [InlineData("{} x", "'x' is unexpected")]
    [InlineData("{ \"a\": 01 }", "begins with a zero")]
    [InlineData("{ \"a\": 1. }", "' ' is unexpected")]
    [InlineData("{ \"a\": .5 }", "'.' is unexpected")]
    [InlineData("{ \"a\": 1, }", "'}' is unexpected")]
    [InlineData("{ \"a\": tru }", "'t' is unexpected")]
    [InlineData("{ \"a\": \"\\q\" }", "escape")]
    [InlineData("{ \"a\": \"\n\" }", "not closed")]
    [InlineData("{ \"a\": \"x", "not closed")]
    [InlineData("{ a: 1 }", "'a' is unexpected")]
    [InlineData("{ \"a\" 1 }", "'1' is unexpected")]
    [InlineData("{ \"a\": ", "ends too early")]
    public void WhatIsNoJsonIsRefused(string json, string expected) =>
        Diagnosed.By(DiagnosticRules.SidecarInvalid, () => Parse(json)).Message.ShouldContain(expected);

    [Fact]
    public void DeepNestingIsRefused() => Diagnosed.By(
        DiagnosticRules.SidecarInvalid,
        () => Parse("{ \"a\": " + new string('[', 100_000))).Message.ShouldContain("nested more than 64 levels");

    [Fact]
    public void EscapesAreRead() => Parse("""{ "license": "\u0041\n\t\\\"\/é" }""").Provenance.License.ShouldBe("A\n\t\\\"/é");

    [Fact]
    public void NullAndAbsentAreTheSame() => Parse("""{ "task": null, "labels": null, "inputs": null }""").ShouldBe(ModelOptions.None);

    [Fact]
    public void AModelWithoutASidecarHasNoOptions() => SidecarReader.ReadFor(Path.Combine(Folder, "nothing.onnx")).ShouldBe(ModelOptions.None);

    [Fact]
    public void EveryMutationOfASidecarIsReadOrDiagnosed()
    {
        const string Original = """{ "task": "classification", "inputs": { "x": { "image": { "mean": [1, 2.5e3], "resize": "none" } } }, "dims": { "\u00e9": 1 }, "distill": true }""";
        var random = new Random(10);
        for (var round = 0; round < 5_000; round++)
        {
            var characters = Original.ToCharArray();
            for (var i = random.Next(1, 4); i > 0; i--)
                characters[random.Next(characters.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 0xFFFF);
            try
            {
                Parse(new string(characters));
            }
            catch (DiagnosticException exception)
            {
                exception.Diagnostic.Id.ShouldBe(DiagnosticRules.SidecarInvalid.Id);
            }
        }
    }

    [Fact]
    public void MetadataWinsOverTheSidecar()
    {
        var sidecar = Parse("""{ "precision": "int8", "maxSize": "4MB", "license": "MIT" }""");
        var metadata = Metadata(("Precision", "fp32"), ("ClassName", "Net"));

        var options = metadata.Over(sidecar);

        options.Compile.Precision.ShouldBe("fp32");
        options.Compile.MaxSize.ShouldBe("4MB");
        options.ClassName.ShouldBe("Net");
        options.Provenance.License.ShouldBe("MIT");
    }

    [Fact]
    public void MetadataReadsPathsFromTheProjectsFolder() =>
        Metadata(("Calibration", "Models\\photos")).Compile.Calibration.ShouldBe(Path.Combine(Folder, "Models", "photos"));

    [Theory]
    [InlineData("Task", "guessing", "one of auto, raw")]
    [InlineData("Precision", "int7", "one of profile, fp32")]
    [InlineData("ClassName", "1st", "a C# class name")]
    [InlineData("ClassName", "class", "a C# class name")]
    [InlineData("Namespace", "a..b", "a C# namespace")]
    [InlineData("MaxLatency", "12", "a time such as 12ms")]
    [InlineData("Dims", "batch", "name=size pairs")]
    [InlineData("Preprocess", "picture", "image;layout=NCHW")]
    [InlineData("Distill", "maybe", "true or false")]
    public void MetadataThatIsNotUnderstoodIsNamed(string name, string value, string expected)
    {
        var message = Diagnosed.By(DiagnosticRules.MetadataInvalid, () => Metadata((name, value))).Message;

        message.ShouldStartWith($"{name}=\"{value}\" is not understood. Use ");
        message.ShouldContain(expected);
    }

    private static ModelOptions Parse(string json) => SidecarReader.Parse(json, "net.model.json", Folder);

    private static ModelOptions Metadata(params (string Name, string Value)[] metadata) =>
        new ModelMetadata(name => metadata.FirstOrDefault(pair => pair.Name == name).Value, Path.Combine(Folder, "app.csproj")).Read();
}
