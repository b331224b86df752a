namespace ModelCompiler.Contract.Tests;

public sealed class ManifestBuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("manifest").FullName;
    private readonly List<ModelDiagnostic> _guesses = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AClassifierWithLabelsNeedsNothingElse()
    {
        var manifest = Build(new ModelOptions { Labels = Labels("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n") });

        manifest.Name.ShouldBe("my-net_v2");
        manifest.ClassName.ShouldBe("MyNetV2");
        manifest.Namespace.ShouldBe("My_App");
        manifest.Task.ShouldBe(ModelTask.Classification);
        manifest.Outputs.Single().Kind.ShouldBe(OutputKind.Probabilities);
        manifest.Labels.Count.ShouldBe(10);
        manifest.Provenance.License.ShouldBe("MIT");
        _guesses.Single().Message.ShouldContain("the operator Softmax");
    }

    [Fact]
    public void WithNothingSaidAModelIsRawAndNothingIsGuessed()
    {
        var manifest = Build(ModelOptions.None);

        manifest.Task.ShouldBe(ModelTask.Raw);
        manifest.Inputs.Single().Image.ShouldBeNull();
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void LabelsOfTheWrongNumberAreRefused()
    {
        var diagnostic = Diagnosed.By(DiagnosticRules.LabelsCountMismatch, () => Build(new ModelOptions { Labels = Labels("a\nb\nc") }));

        diagnostic.Message.ShouldStartWith("'labels.txt' has 3 labels, but the output 'scores' has 10 classes.");
        diagnostic.File.ShouldBe(Path.Combine(_folder, "labels.txt"));
    }

    [Fact]
    public void AnImageIsCompletedFromTheShapeAndTheGuessesAreReported()
    {
        var manifest = Build(Image("image"));

        manifest.Inputs.Single().Image.ShouldBe(new ImageInput(
            ImageLayout.Nchw, ImageColor.Rgb, new ImageResize(ImageResizeKind.Stretch, 224, 224, 0, false), null, 1, new([0, 0, 0]), new([1, 1, 1])));
        _guesses.Select(guess => guess.Id).ShouldBe(["MC2002", "MC2002"]);
    }

    [Theory]
    [InlineData("image;input=other", "its inputs are: image")]
    [InlineData("image;color=Gray", "has 1 channels and the input 3")]
    [InlineData("image;color=RGB;resize=shortSide:256", "add crop=center:224")]
    [InlineData("image;color=RGB;resize=stretch:32x32", "prepared as 32x32 and the input takes 224x224")]
    [InlineData("image;color=RGB;resize=none;crop=center:200", "prepared as 200x200")]
    [InlineData("image;color=RGB;resize=none;mean=1,2", "mean has 2 numbers for 3 channels")]
    [InlineData("image;color=RGB;resize=none;std=0", "std holds a zero")]
    public void AnImageThatDoesNotFitIsRefused(string preprocess, string expected) =>
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Build(Image(preprocess))).Message.ShouldContain(expected);

    [Fact]
    public void ImageMetadataOfTheModelIsUsedWhenItIsComplete()
    {
        var model = OnnxBytes.Classifier()
            .Message(14, new ProtoWriter().Text(1, "Image.BitmapPixelFormat").Text(2, "Bgr8"))
            .Message(14, new ProtoWriter().Text(1, "Image.NominalPixelRange").Text(2, "NominalRange_0_255"));

        var image = Build(ModelOptions.None, model).Inputs.Single().Image!;

        (image.Color, image.Scale).ShouldBe((ImageColor.Bgr, 1f));
        _guesses.ShouldNotBeEmpty();
    }

    [Fact]
    public void DimsGiveNamedDimensionsTheirSize()
    {
        var manifest = Build(new ModelOptions { Dims = new([new DimensionBinding("batch", 1)]) });

        manifest.Inputs.Single().Value.Shape!.Value[0].ShouldBe(Dimension.Of(1));
        manifest.Outputs.Single().Value.Shape!.Value[0].ShouldBe(Dimension.Of(1));
    }

    [Fact]
    public void ADimensionThatTheModelDoesNotHaveIsRefused() => Diagnosed.By(
        DiagnosticRules.OptionDoesNotFit,
        () => Build(new ModelOptions { Dims = new([new DimensionBinding("width", 1)]) })).Message.ShouldContain("named dimensions are: batch");

    [Fact]
    public void AnOutputThatTheModelDoesNotHaveIsRefused() => Diagnosed.By(
        DiagnosticRules.OptionDoesNotFit,
        () => Build(new ModelOptions { Outputs = new([new OutputBinding("prob", OutputKind.Logits)]) })).Message.ShouldContain("its outputs are: scores");

    [Fact]
    public void TheAxesAfterTheBatchAreTheClasses()
    {
        ModelDescriber.ClassCount(ValueSignature.Tensor("y", ElementType.Float32, Dimension.Of(1), Dimension.Of(1000), Dimension.Of(1), Dimension.Of(1))).ShouldBe(1000);
        ModelDescriber.ClassCount(ValueSignature.Tensor("y", ElementType.Float32, Dimension.Of(10))).ShouldBe(10);
        ModelDescriber.ClassCount(ValueSignature.Tensor("y", ElementType.Float32, Dimension.Of(1), Dimension.Unknown)).ShouldBeNull();
        ModelDescriber.ClassCount(ValueSignature.Tensor("y", ElementType.Float32, Dimension.Of(1), Dimension.Of(long.MaxValue), Dimension.Of(long.MaxValue))).ShouldBeNull();
    }

    [Fact]
    public void AFileWithoutLettersHasNoClassName() => Diagnosed.By(
        DiagnosticRules.NoUsableName,
        () => ModelNames.Class(new ModelItem("/models/___.onnx", "App", ModelOptions.None)));

    [Theory]
    [InlineData("mobilenet", "Mobilenet")]
    [InlineData("mobilenet_v2-1.0 (final)", "MobilenetV210Final")]
    [InlineData("3d-cnn", "Model3dCnn")]
    [InlineData("class", "Class")]
    [InlineData("modèle été", "ModèleÉté")]
    [InlineData("--", null)]
    public void ClassNamesComeFromFileNames(string file, string? expected) => Identifiers.PascalCase(file).ShouldBe(expected);

    [Theory]
    [InlineData("My-App.2d", "My_App._2d")]
    [InlineData("a.class", "a._class")]
    [InlineData("", "Models")]
    public void NamespacesStayAsNearAsTheyCan(string text, string expected) => Identifiers.Namespace(text).ShouldBe(expected);

    [Theory]
    [InlineData("\uFEFFcat\r\ndog\r\n\r\n", new[] { "cat", "dog" })]
    [InlineData("  one label  ", new[] { "one label" })]
    public void LabelsAreLines(string text, string[] expected) => LabelsReader.Parse(text, null).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("cat\n\ndog")]
    public void ABlankLabelIsRefused(string text) => Diagnosed.By(DiagnosticRules.LabelsInvalid, () => LabelsReader.Parse(text, null));

    [Fact]
    public void ALabelsFileThatIsMissingIsNamed() =>
        Diagnosed.By(DiagnosticRules.LabelsMissing, () => Build(new ModelOptions { Labels = Path.Combine(_folder, "none.txt") }));

    private static ModelOptions Image(string preprocess) => new() { Images = new([PreprocessText.Parse(preprocess)!]) };

    private string Labels(string text)
    {
        var path = Path.Combine(_folder, "labels.txt");
        File.WriteAllText(path, text);
        return path;
    }

    private ModelManifest Build(ModelOptions options) => Build(options, OnnxBytes.Classifier());

    private ModelManifest Build(ModelOptions options, ProtoWriter model) =>
        ManifestBuilder.Build(new ModelItem("/models/my net_v2.onnx", "My-App", options), OnnxBytes.Read(model), [], _guesses.Add);
}
