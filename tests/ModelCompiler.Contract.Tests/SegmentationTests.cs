namespace ModelCompiler.Contract.Tests;

/// <summary>What is known of a segmentation model's output from its sidecar or its shape.</summary>
public sealed class SegmentationTests
{
    private static readonly ValueSignature Photo = Value("images", 1, 3, 512, 1024);
    private static readonly ModelOptions Segmentation = new() { Task = ModelTask.Segmentation };

    private readonly List<ModelDiagnostic> _guesses = [];

    [Theory]
    [InlineData(new long[] { 1, 19, 512, 1024 }, ImageLayout.Nchw)]
    [InlineData(new long[] { 1, 19, 128, 256 }, ImageLayout.Nchw)]
    [InlineData(new long[] { 1, 64, 128, 19 }, ImageLayout.Nhwc)]
    public void ScoresOfClassesOverTheWholeImageAreRecognised(long[] shape, ImageLayout layout)
    {
        var description = Describe(Segmentation, Value("out", shape));

        description.Outputs.Single().Kind.ShouldBe(OutputKind.ClassMap);
        description.Outputs.Single().ClassMap.ShouldBe(new ClassMapFormat(ClassMapValues.Scores, layout));
        _guesses.Single().Message.ShouldContain($"taken to be classMap of scores, {layout.ToString().ToUpperInvariant()}, from its shape [{string.Join(",", shape)}]");
    }

    [Theory]
    [InlineData(new long[] { 1, 512, 1024 })]
    [InlineData(new long[] { 1, 1, 512, 1024 })]
    [InlineData(new long[] { 1, 512, 1024, 1 })]
    public void IntegersAreIndicesOfClasses(long[] shape) =>
        Describe(Segmentation, Integers("classes", shape)).Outputs.Single().ClassMap!.Values.ShouldBe(ClassMapValues.Indices);

    [Theory]
    [InlineData("Sigmoid", ClassMapValues.Probability)]
    [InlineData("Conv", ClassMapValues.Logit)]
    public void OneFloatAPixelIsWhatItsOperatorGives(string operatorType, ClassMapValues values)
    {
        Describe(Segmentation, operatorType, Value("alpha", 1, 1, 512, 1024)).Outputs.Single().ClassMap.ShouldBe(new ClassMapFormat(values, ImageLayout.Nchw));

        _guesses.Single().Message.ShouldContain($"and the operator {operatorType} that computes it");
    }

    [Fact]
    public void OpenSizesAreReadByTheImagesLayout()
    {
        var photo = ValueSignature.Tensor("images", ElementType.Float32, Dimension.Named("n"), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w"));
        var map = ValueSignature.Tensor("out", ElementType.Float32, Dimension.Named("n"), Dimension.Of(21), Dimension.Named("h"), Dimension.Named("w"));

        Describe(Segmentation, [photo], "", map).Outputs.Single().ClassMap.ShouldBe(new ClassMapFormat(ClassMapValues.Scores, ImageLayout.Nchw));
    }

    [Fact]
    public void AnImageWithoutABatchHasAMapWithoutOne() =>
        Describe(Segmentation, [Value("image", 3, 64, 64)], "", Value("out", 5, 64, 64)).Outputs.Single().ClassMap.ShouldBe(new ClassMapFormat(ClassMapValues.Scores, ImageLayout.Nchw));

    [Fact]
    public void TheNumberOfLabelsChoosesBetweenTwoReadings()
    {
        using var labels = new LabelsFile(7);

        var photo = ValueSignature.Tensor("images", ElementType.Float32, Dimension.Of(1), Dimension.Of(3), Dimension.Named("h"), Dimension.Named("w"));

        Describe(Segmentation with { Labels = labels.Path }, [photo], "", Value("out", 1, 8, 9, 7)).Outputs.Single().ClassMap!.Layout.ShouldBe(ImageLayout.Nhwc);
        Describe(Segmentation, [photo], "", Value("out", 1, 8, 9, 7)).Outputs.Single().ClassMap!.Layout.ShouldBe(ImageLayout.Nchw);
    }

    [Fact]
    public void WhatCanBeReadInSeveralWaysIsLeftAlone()
    {
        ShouldBeLeftAlone("", Value("out", 1, 21, 512, 1024), Value("aux", 1, 21, 512, 1024));
        ShouldBeLeftAlone("Resize", Value("alpha", 1, 1, 512, 1024));
        ShouldBeLeftAlone("", Value("scores", 1, 1000));
        ShouldBeLeftAlone("", Value("features", 1, 1000, 1, 1));
        ShouldBeLeftAlone("", Value("other", 1, 21, 500, 1024));
        ShouldBeLeftAlone("", Value("batches", 8, 21, 512, 1024));
    }

    [Fact]
    public void WithoutTheTaskNothingIsGuessed()
    {
        Describe(ModelOptions.None, Value("out", 1, 21, 512, 1024)).Task.ShouldBe(ModelTask.Raw);
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void AKindThatIsSaidIsATaskAndItsShapeNeedNotCoverTheImage()
    {
        var description = Describe(Said("out", null), Value("out", 1, 2, 388, 388), Value("aux", 1, 2, 388, 388));

        description.Task.ShouldBe(ModelTask.Segmentation);
        description.Outputs[0].ClassMap.ShouldBe(new ClassMapFormat(ClassMapValues.Scores, ImageLayout.Nchw));
        description.Outputs[1].ClassMap.ShouldBeNull();
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsSaidWinsOverTheOperator()
    {
        Describe(Said("alpha", new() { Values = ClassMapValues.Probability }), "Resize", Value("alpha", 1, 1, 512, 1024)).Outputs[0].ClassMap!.Values.ShouldBe(ClassMapValues.Probability);
        Describe(Said("alpha", new() { Values = ClassMapValues.Indices }), "Cast", Value("alpha", 1, 512, 1024)).Outputs[0].ClassMap!.Values.ShouldBe(ClassMapValues.Indices);
        Describe(Said("out", new() { Layout = ImageLayout.Nhwc }), Value("out", 1, 7, 7, 7)).Outputs[0].ClassMap!.Layout.ShouldBe(ImageLayout.Nhwc);
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsToldByTheOperatorIsReportedForAKindThatIsSaid()
    {
        Describe(Said("alpha", null), "Sigmoid", Value("alpha", 1, 1, 512, 1024));

        _guesses.Single().Message.ShouldContain("What the numbers of the output 'alpha' are was not said and is taken to be probability, from the operator Sigmoid");
    }

    [Fact]
    public void AMapThatCannotBeReadSaysWhatToWrite()
    {
        Refused(Said("y", null), Value("y", 1, 1000)).ShouldContain("its shape is [1,1000]");
        Refused(Said("alpha", null), Value("alpha", 1, 1, 512, 1024)).ShouldContain("say classMap.values (probability, logit, indices)");
        Refused(new ModelOptions { Outputs = new([new("a", OutputKind.ClassMap), new("b", OutputKind.ClassMap)]) }, Value("a", 1, 2, 8, 8), Value("b", 1, 2, 8, 8)).ShouldContain("one output of kind classMap");
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Said("y", null), [Value("numbers", 1, 9)], "", Value("y", 1, 7, 8, 9))).Message.ShouldContain("say classMap.layout (NCHW, NHWC)");
    }

    [Fact]
    public void LabelsAreOneForEachClass()
    {
        using var labels = new LabelsFile(20);
        var options = Segmentation with { Labels = labels.Path };

        Miscounted(options, Value("out", 1, 21, 512, 1024)).ShouldContain("has 20 labels, but the output 'out' has 21 classes");
        Miscounted(options, Value("out", 1, 512, 1024, 19)).ShouldContain("has 19 classes");
        Describe(options, Integers("classes", 1, 512, 1024)).Labels.Count.ShouldBe(20);
        Diagnosed.By(DiagnosticRules.LabelsCountMismatch, () => Describe(options, "Sigmoid", Value("alpha", 1, 1, 512, 1024))).Message.ShouldContain("has 2 classes");
    }

    [Theory]
    [InlineData("""{ "outputs": { "x": { "kind": "logits", "classMap": { } } } }""", "'classMap' says how the class of each pixel is read")]
    [InlineData("""{ "outputs": { "x": { "kind": "classMap", "classMap": { "values": "colours" } } } }""", "one of scores, indices, probability, logit")]
    public void ASidecarThatIsNotUnderstoodSaysWhy(string sidecar, string expected) =>
        Diagnosed.By(DiagnosticRules.SidecarInvalid, () => SidecarReader.Parse(sidecar, null, "/")).Message.ShouldContain(expected);

    private void ShouldBeLeftAlone(string operatorType, params ValueSignature[] outputs)
    {
        Describe(Segmentation, operatorType, outputs).Outputs.ShouldAllBe(output => output.Kind == OutputKind.Raw && output.ClassMap == null);
        _guesses.ShouldBeEmpty();
    }

    private string Refused(ModelOptions options, params ValueSignature[] outputs) => Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(options, outputs)).Message;

    private string Miscounted(ModelOptions options, ValueSignature output) => Diagnosed.By(DiagnosticRules.LabelsCountMismatch, () => Describe(options, output)).Message;

    private ModelDescription Describe(ModelOptions options, params ValueSignature[] outputs) => Describe(options, "", outputs);

    private ModelDescription Describe(ModelOptions options, string operatorType, params ValueSignature[] outputs) => Describe(options, [Photo], operatorType, outputs);

    private ModelDescription Describe(ModelOptions options, ValueSignature[] inputs, string operatorType, params ValueSignature[] outputs) => ModelDescriber.Describe(
        "net.onnx", new ModelSignature("net", 8, 17, new(inputs), new(outputs), default) { OutputOperators = new(outputs.Select(_ => operatorType)) }, options, _guesses.Add);

    private static ModelOptions Said(string output, ClassMapSettings? map) => new() { Outputs = new([new OutputBinding(output, OutputKind.ClassMap) { ClassMap = map }]) };

    private static ValueSignature Value(string name, params long[] shape) => ValueSignature.Tensor(name, ElementType.Float32, [.. shape.Select(size => Dimension.Of(size))]);

    private static ValueSignature Integers(string name, params long[] shape) => ValueSignature.Tensor(name, ElementType.Int64, [.. shape.Select(size => Dimension.Of(size))]);
}
