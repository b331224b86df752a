namespace ModelCompiler.Tests;

/// <summary>A project that was restored once, for all mistakes that can be made in it.</summary>
public sealed class RestoredProject : IDisposable
{
    public RestoredProject(PackageFeed package)
    {
        App = new UserProject(package);
        App.Write("Program.cs", "Console.WriteLine();").With("").Run("restore", "--nologo").ShouldSucceed();
    }

    internal UserProject App { get; }

    public void Dispose() => App.Dispose();
}

/// <summary>Mistakes in a project: each gives one error with its code, and leaves no model that looks current.</summary>
public sealed class BadInputTests : IClassFixture<RestoredProject>
{
    private readonly UserProject _app;

    public BadInputTests(RestoredProject project)
    {
        _app = project.App;
        _app.WithDigits().WithDigits("a/net.onnx").WithDigits("b/net.onnx").WithDigits("--.onnx");
    }

    [Fact]
    public void AModelThatIsMissing() =>
        Build("""<Model Include="digit.onnx" />""").ShouldFailWith("MC0001", "The model file 'digit.onnx' does not exist");

    [Fact]
    public void TwoModelsOfOneName() =>
        Build("""<Model Include="a/net.onnx" /><Model Include="b/net.onnx" />""").ShouldFailWith("MC0002", "Set ClassName");

    [Fact]
    public void MetadataThatIsNotUnderstood() =>
        Build("""<Model Include="digits.onnx" Precision="int7" />""").ShouldFailWith("MC0003", "Precision=\"int7\"");

    [Fact]
    public void LabelsOfTheWrongNumber()
    {
        _app.Write("labels.txt", "zero\none\ntwo\n");

        Build("""<Model Include="digits.onnx" Labels="labels.txt" />""").ShouldFailWith("MC0006", "has 3 labels");
    }

    [Fact]
    public void AModelWithoutAUsableName() => Build("""<Model Include="--.onnx" />""").ShouldFailWith("MC2001", "Set ClassName");

    [Fact]
    public void AProfileThatDoesNotExist() =>
        Build("""<Model Include="digits.onnx" /><ModelProfile Include="toaster" />""").ShouldFailWith("MC0007", "'toaster'");

    [Fact]
    public void CalibrationDataThatIsMissing() =>
        Build("""<Model Include="digits.onnx" Calibration="photos/" />""").ShouldFailWith("MC0008", "photos");

    [Fact]
    public void CalibrationImagesThatDoNotDecode()
    {
        _app.Write("broken/a.png", "this is no picture").WithDigitsAndSidecar();

        Build("""<Model Include="digits.onnx" Calibration="broken/" />""").ShouldFailWith("MC0010", "a.png");
    }

    [Fact]
    public void AModelThatBecomesUnusableTakesItsOutputAlong()
    {
        const string Model = """<Model Include="changing.onnx" />""";
        _app.WithDigits("changing.onnx");
        _app.With(Model, UserProject.PassThrough).Run("build", "--nologo", "--no-restore").ShouldSucceed();
        _app.IntermediateModels.ShouldHaveSingleItem();

        _app.Write("changing.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");

        Build(Model).ShouldFailWith("MC1002", "git lfs pull");
    }

    [Fact]
    public void AModelOverItsBudget() =>
        Build("""<Model Include="digits.onnx" MaxSize="1kB" />""").ShouldFailWith("MC3002", "over MaxSize");

    private DotNetResult Build(string items)
    {
        var result = _app.With(items).Run("build", "--nologo", "--no-restore", "-v:n", "-tl:off");
        _app.IntermediateModels.ShouldBeEmpty();
        _app.BuiltModels.ShouldBeEmpty();
        return result;
    }
}
