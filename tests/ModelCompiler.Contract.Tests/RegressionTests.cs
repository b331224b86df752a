namespace ModelCompiler.Contract.Tests;

/// <summary>What is known of what a regression predicts.</summary>
public sealed class RegressionTests
{
    private static readonly ModelOptions Regression = new() { Task = ModelTask.Regression };

    private readonly List<ModelDiagnostic> _guesses = [];

    [Fact]
    public void TheOnlyFloatsAreThePrediction()
    {
        Describe(Regression, Value("price", 1, 1), ValueSignature.Tensor("index", ElementType.Int64)).Outputs.Select(output => output.Kind).ShouldBe([OutputKind.Value, OutputKind.Raw]);

        _guesses.Single().Message.ShouldContain("The kind of the output 'price' was not said and is taken to be value");
    }

    [Fact]
    public void OfSeveralNoneIsGuessed()
    {
        Describe(Regression, Value("mean", 1, 1), Value("deviation", 1, 1)).Outputs.ShouldAllBe(output => output.Kind == OutputKind.Raw);

        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void AKindThatIsSaidIsATask()
    {
        var description = Describe(Said("mean"), Value("mean", 1, 1), Value("deviation", 1, 1));

        description.Task.ShouldBe(ModelTask.Regression);
        description.Outputs.Select(output => output.Kind).ShouldBe([OutputKind.Value, OutputKind.Raw]);
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void TwoPredictionsAreRefused() =>
        Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Said("mean", "deviation"), Value("mean", 1, 1), Value("deviation", 1, 1))).Message.ShouldContain("one output of kind value");

    [Fact]
    public void LabelsNameTheValues()
    {
        using var labels = new LabelsFile(3);

        Describe(Regression with { Labels = labels.Path }, Value("angles", 1, 3)).Labels.Count.ShouldBe(3);
        Diagnosed.By(DiagnosticRules.LabelsCountMismatch, () => Describe(Regression with { Labels = labels.Path }, Value("angles", 1, 4))).Message.ShouldContain("has 3 labels, but the output 'angles' has 4 values");
    }

    private ModelDescription Describe(ModelOptions options, params ValueSignature[] outputs) =>
        ModelDescriber.Describe("net.onnx", new ModelSignature("net", 8, 17, new([Value("x", 1, 9)]), new(outputs), default), options, _guesses.Add);

    private static ModelOptions Said(params string[] outputs) => new() { Outputs = new(outputs.Select(output => new OutputBinding(output, OutputKind.Value))) };

    private static ValueSignature Value(string name, params long[] shape) => ValueSignature.Tensor(name, ElementType.Float32, [.. shape.Select(size => Dimension.Of(size))]);
}
