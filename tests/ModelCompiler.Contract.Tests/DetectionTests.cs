namespace ModelCompiler.Contract.Tests;

/// <summary>What is known of a detector's outputs from its sidecar or its shapes.</summary>
public sealed class DetectionTests
{
    private const int Cells = (52 * 52) + (26 * 26) + (13 * 13);   // of 416×416 pixels at strides 8, 16 and 32

    private static readonly ValueSignature Photo = Value("images", 1, 3, 416, 416);

    private readonly List<ModelDiagnostic> _guesses = [];

    [Fact]
    public void ABoxForEachCellIsRecognisedAndItsFormIsLeftToTheNumbers()
    {
        var description = Describe(ModelOptions.None, Value("output", 1, Cells, 85));

        description.Task.ShouldBe(ModelTask.Detection);
        description.Outputs.Single().Kind.ShouldBe(OutputKind.Detections);
        description.Outputs.Single().Detection.ShouldBe(new DetectionFormat(null, null, HasObjectness: true, IsColumnsFirst: false, null, new([8, 16, 32])));
        _guesses.Single().Message.ShouldContain("The kind of the output 'output' was not said and is taken to be detections, from its shape [1,3549,85].");
    }

    [Fact]
    public void ThreeBoxesForEachCellAreDecodedByTheModel()
    {
        var format = Describe(ModelOptions.None, Value("output", 1, 3 * Cells, 85), Value("level", 1, 3, 52, 52, 85)).Outputs[0].Detection;

        format.ShouldBe(new DetectionFormat(BoxCoding.Center, false, HasObjectness: true, IsColumnsFirst: false, null, default));
    }

    [Fact]
    public void NumbersBeforeAnchorsHaveNoObjectness()
    {
        var format = Describe(ModelOptions.None, Value("output0", 1, 84, Cells)).Outputs[0].Detection;

        format.ShouldBe(new DetectionFormat(BoxCoding.Center, false, HasObjectness: false, IsColumnsFirst: true, null, default));
    }

    [Fact]
    public void TheNumberOfLabelsTellsWhetherThereIsAnObjectness()
    {
        using var labels = new LabelsFile(80);

        Describe(new ModelOptions { Labels = labels.Path }, Value("output", 1, Cells, 84)).Outputs[0].Detection!.HasObjectness.ShouldBeFalse();
        Describe(new ModelOptions { Labels = labels.Path }, Value("output", 1, Cells, 85)).Outputs[0].Detection!.HasObjectness.ShouldBeTrue();
        Diagnosed.By(DiagnosticRules.LabelsCountMismatch, () => Describe(new ModelOptions { Labels = labels.Path }, Value("output", 1, Cells, 90))).Message.ShouldContain("has 85 classes");
    }

    [Fact]
    public void BoxesAndScoresOfEqualLengthBelongTogether()
    {
        var description = Describe(ModelOptions.None, Value("scores", 1, 4420, 2), Value("boxes", 1, 4420, 4));

        description.Task.ShouldBe(ModelTask.Detection);
        description.Outputs.Select(output => output.Kind).ShouldBe([OutputKind.Scores, OutputKind.Boxes]);
        description.Outputs[1].Detection.ShouldBe(new DetectionFormat(null, null, HasObjectness: false, IsColumnsFirst: false, null, default));
        _guesses.Count.ShouldBe(2);
    }

    [Fact]
    public void ScoresByClassAreSeen() =>
        Describe(ModelOptions.None, Value("scores", 1, 20, 4420), Value("boxes", 1, 4420, 4)).Outputs[0].Detection!.IsColumnsFirst.ShouldBeTrue();

    [Fact]
    public void WhatCouldBeSomethingElseIsLeftAlone()
    {
        ShouldBeRaw(Value("scores", 1, 1000));
        ShouldBeRaw(Value("mask", 1, 1, 416, 416));
        ShouldBeRaw(Value("table", 1, 3000, 85));
        ShouldBeRaw(Value("points", 1, Cells, 5));
        ShouldBeRaw(Value("one", 1, Cells, 85), Value("two", 1, Cells, 85));
        ShouldBeRaw(Value("boxes", 1, 4420, 4), Value("scores", 1, 4420, 2), Value("other", 1, 4420, 3));
        ShouldBeRaw(Value("boxes", 1, 10, 4), Value("scores", 1, 10, 2));
        ShouldBeRaw(Value("batches", 8, Cells, 85));
        ShouldBeRaw(Value("features", Cells, 85));
    }

    [Fact]
    public void AFewNumbersOfASmallPictureAreNoDetections()
    {
        var small = new ModelSignature("net", 8, 17, new([Value("image", 1, 3, 8, 8)]), new([Value("y", 1, 1, 10)]), default);

        ModelDescriber.Describe("net.onnx", small, ModelOptions.None, _guesses.Add).Task.ShouldBe(ModelTask.Raw);
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void ASaidTaskOrKindIsNotGuessedOver()
    {
        Describe(new ModelOptions { Task = ModelTask.Raw }, Value("output", 1, Cells, 85)).Outputs[0].Detection.ShouldBeNull();
        Describe(Said(("output", OutputKind.Raw, null)), Value("output", 1, Cells, 85)).Task.ShouldBe(ModelTask.Raw);
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void ALayoutIsCompletedByItsHabit()
    {
        var format = Describe(Said(("output", OutputKind.Detections, new() { Layout = DetectionLayout.Yolox })), Value("output", 1, Cells, 85)).Outputs[0].Detection;

        format.ShouldBe(new DetectionFormat(BoxCoding.Grid, false, HasObjectness: true, IsColumnsFirst: false, null, new([8, 16, 32])));
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsSaidWinsOverTheHabit()
    {
        var said = new DetectionSettings { Layout = DetectionLayout.Yolov8, Relative = true, Objectness = true, Box = BoxCoding.Corners };
        var format = Describe(Said(("output", OutputKind.Detections, said)), Value("output", 1, Cells, 84)).Outputs[0].Detection;

        format.ShouldBe(new DetectionFormat(BoxCoding.Corners, true, HasObjectness: true, IsColumnsFirst: false, null, default));
    }

    [Fact]
    public void TwoOutputsAreSaidOneByOne()
    {
        var options = Said(("s", OutputKind.Scores, null), ("b", OutputKind.Boxes, new() { Layout = DetectionLayout.Ssd, Background = 20 }));
        var description = Describe(options, Value("b", 1, 9, 4), Value("s", 1, 21, 9));

        description.Outputs[0].Detection.ShouldBe(new DetectionFormat(BoxCoding.Corners, true, HasObjectness: false, IsColumnsFirst: false, 20, default));
        description.Outputs[1].Detection!.IsColumnsFirst.ShouldBeTrue();
    }

    [Fact]
    public void BoxesWithoutScoresAreRefused() =>
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Said(("b", OutputKind.Boxes, null)), Value("b", 1, 9, 4))).Message.ShouldContain("one of kind scores");

    [Fact]
    public void DetectionsOfAnUnknownLayoutAreRefused() =>
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Said(("y", OutputKind.Detections, null)), Value("y", 1, 100, 7))).Message
            .ShouldContain("say detection.layout (yolox, yolov5, yolov8, ssd)");

    [Fact]
    public void DetectionsThatAreNoTableAreRefused() =>
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Said(("y", OutputKind.Detections, new() { Layout = DetectionLayout.Yolox })), Value("y", 1, 3, 52, 52, 85))).Message
            .ShouldContain("[1,3,52,52,85]");

    private void ShouldBeRaw(params ValueSignature[] outputs)
    {
        Describe(ModelOptions.None, outputs).Task.ShouldBe(ModelTask.Raw);
        _guesses.ShouldBeEmpty();
    }

    private ModelDescription Describe(ModelOptions options, params ValueSignature[] outputs) =>
        ModelDescriber.Describe("net.onnx", new ModelSignature("net", 8, 17, new([Photo]), new(outputs), default), options, _guesses.Add);

    private static ModelOptions Said(params (string Output, OutputKind Kind, DetectionSettings? Detection)[] outputs) =>
        new() { Outputs = new(outputs.Select(said => new OutputBinding(said.Output, said.Kind) { Detection = said.Detection })) };

    private static ValueSignature Value(string name, params long[] shape) => ValueSignature.Tensor(name, ElementType.Float32, [.. shape.Select(size => Dimension.Of(size))]);
}
