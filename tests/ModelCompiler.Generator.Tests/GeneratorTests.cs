using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

public class GeneratorTests
{
    [Fact]
    public void ABrokenManifestIsOneDiagnosticAndTheOthersAreWritten()
    {
        var files = new AdditionalText[] { new ManifestFile("/obj/bad.modelmanifest", "no manifest"), ManifestFile.Of(Manifests.Digits) };

        var result = Generated.Driver(files).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken).GetRunResult();

        var diagnostic = result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe("MC6001");
        diagnostic.Severity.ShouldBe(Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        diagnostic.Location.GetLineSpan().Path.ShouldBe("/obj/bad.modelmanifest");
        result.GeneratedTrees.ShouldHaveSingleItem().FilePath.ShouldEndWith("App.Models.Digits.g.cs");
    }

    [Fact]
    public void TwoModelsForOneClassAreRefusedAndTheOthersAreWritten()
    {
        var result = Generated.From(Manifests.Digits, Manifests.Digits with { Name = "other" }, Manifests.Cifar).Result;

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC6002", "MC6002"]);
        result.GeneratedTrees.ShouldHaveSingleItem().FilePath.ShouldContain("Cifar");
    }

    [Theory]
    [InlineData("Run")]
    [InlineData("Dims")]
    [InlineData("Load")]
    public void AClassThatIsCalledLikeItsMembersIsRefused(string name)
    {
        var result = Generated.From(Manifests.Digits with { ClassName = name }).Result;

        result.Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC6003");
        result.GeneratedTrees.ShouldBeEmpty();
    }

    [Fact]
    public void AClassifierThatCannotClassifySaysWhy()
    {
        var halves = Manifests.Cifar with { Outputs = new([new ManifestOutput(ValueSignature.Tensor("scores", ElementType.Float16, Dimension.Of(10)), Contract.OutputKind.Logits)]) };
        var twoInputs = Manifests.Cifar with { ClassName = "Two", Inputs = new([.. Manifests.Cifar.Inputs, new ManifestInput(Manifests.Float("more", 1), null)]) };

        var result = Generated.From(halves, twoInputs).Result;

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC6004", "MC6004"]);
        result.Diagnostics[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("no output of float scores");
        result.Diagnostics[1].GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("exactly one input");
        result.GeneratedTrees.Length.ShouldBe(2);
    }

    [Fact]
    public void AnEmbeddingModelThatCannotEmbedSaysWhy()
    {
        var tokens = Manifests.Signals with { Outputs = new([new ManifestOutput(ValueSignature.Tensor("tokens", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(16), Dimension.Of(3)), Contract.OutputKind.Raw)]) };
        var twoInputs = Manifests.Signals with { ClassName = "Two", Inputs = new([.. Manifests.Signals.Inputs, new ManifestInput(Manifests.Float("more", 1), null)]) };

        var result = Generated.From(tokens, twoInputs).Result;

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC6006", "MC6006"]);
        result.Diagnostics[0].GetMessage(CultureInfo.InvariantCulture).ShouldContain("one vector of floats for each sample");
        result.Diagnostics[1].GetMessage(CultureInfo.InvariantCulture).ShouldContain("exactly one input");
    }

    [Fact]
    public void ADetectorWhoseBoxesAreNotKnownSaysWhatToWrite()
    {
        var yolox = Manifests.Yolox.Outputs[0];
        var unknown = Manifests.Yolox with { Outputs = new([yolox with { Detection = yolox.Detection! with { Box = null, IsRelative = null } }]) };
        var bare = Manifests.Yolox with { ClassName = "Bare", Outputs = new([yolox with { Kind = Contract.OutputKind.Raw, Detection = null }]) };
        var open = Manifests.Yolox with { ClassName = "Open", Outputs = new([yolox with { Value = ValueSignature.Tensor("output", ElementType.Float32, Dimension.Of(1), Dimension.Of(3549), Dimension.Unknown) }]) };
        var blind = Manifests.Yolox with { ClassName = "Blind", Inputs = new([Manifests.Yolox.Inputs[0] with { Image = null }]) };

        var generated = Generated.From(unknown, bare, open, blind);

        generated.Complaints.ShouldBeEmpty();
        generated.Result.GeneratedTrees.ShouldAllBe(tree => !tree.GetText(TestContext.Current.CancellationToken).ToString().Contains(" Detect("));
        var said = generated.Result.Diagnostics.Select(diagnostic => (diagnostic.Id, Text: diagnostic.GetMessage(CultureInfo.InvariantCulture))).OrderBy(diagnostic => diagnostic.Text, StringComparer.Ordinal).ToArray();
        said.Select(diagnostic => diagnostic.Id).ShouldBe(["MC6005", "MC6005", "MC6005", "MC6005"]);
        said[0].Text.ShouldContain("\"outputs\" in the model's sidecar");
        said[1].Text.ShouldContain("Set Preprocess");
        said[2].Text.ShouldContain("open in the shapes");
        said[3].Text.ShouldContain("\"layout\": \"yolox\"");
    }

    [Fact]
    public void ASegmentationModelThatCannotSegmentSaysWhy()
    {
        var roads = SegmentationManifests.Roads;
        var blind = roads with { ClassName = "Blind", Inputs = new([roads.Inputs[0] with { Image = null }]) };
        var halves = roads with { ClassName = "Halves", Outputs = new([roads.Outputs[0] with { Value = ValueSignature.Tensor("scores", ElementType.Float16, Dimension.Of(1), Dimension.Of(3), Dimension.Of(4), Dimension.Of(4)) }]) };
        var nibbles = roads with { ClassName = "Nibbles", Outputs = new([.. roads.Outputs, new ManifestOutput(ValueSignature.Tensor("names", ElementType.Int4, Dimension.Of(3)), Contract.OutputKind.Raw)]) };

        Said("MC6007", SegmentationManifests.Parts).ShouldContain("{ \"out\": { \"kind\": \"classMap\" } }");
        Said("MC6007", blind).ShouldContain("Set Preprocess");
        Said("MC6007", halves).ShouldContain("the output 'scores' has values of the type float16, and scores are read as float");
        Said("MC6007", nibbles).ShouldContain("not all of its inputs and outputs have types that C# has");
    }

    [Fact]
    public void ARegressionThatCannotPredictSaysWhy()
    {
        var price = RegressionManifests.Price;
        var unsaid = price with { Outputs = new([price.Outputs[0] with { Kind = Contract.OutputKind.Raw }]) };
        var doubles = Answers(ValueSignature.Tensor("price", ElementType.Float64, Dimension.Of(1)));
        var open = Answers(ValueSignature.Tensor("price", ElementType.Float32, Dimension.Named("batch"), Dimension.Named("steps")));
        var several = Answers(Manifests.Float("price", 8, 1));
        var twoInputs = price with { Inputs = new([.. price.Inputs, new ManifestInput(Manifests.Float("more", 1), null)]) };

        Said("MC6008", unsaid).ShouldContain("\"kind\": \"value\"");
        Said("MC6008", doubles).ShouldContain("the type double, and predictions are read as float");
        Said("MC6008", open).ShouldContain("belong to a sample is open");
        Said("MC6008", several).ShouldContain("answers several samples at once");
        Said("MC6008", twoInputs).ShouldContain("exactly one input");

        ModelManifest Answers(ValueSignature value) => price with { Outputs = new([new ManifestOutput(value, Contract.OutputKind.Value)]) };
    }

    [Fact]
    public void OtherAdditionalFilesAreLeftAlone() =>
        Generated.Driver([new ManifestFile("/src/readme.md", "# hi")]).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken)
            .GetRunResult().GeneratedTrees.ShouldBeEmpty();

    [Fact]
    public void AnUnrelatedEditRunsNothingAgain()
    {
        var driver = Generated.Driver([ManifestFile.Of(Manifests.Digits), ManifestFile.Of(Manifests.Cifar)]);
        driver = driver.RunGenerators(Generated.Compile("class Before { }"), TestContext.Current.CancellationToken);

        var result = driver.RunGenerators(Generated.Compile("class After { void M() { } }"), TestContext.Current.CancellationToken).GetRunResult().Results.ShouldHaveSingleItem();

        Reasons(result, ModelClassGenerator.SourcesStep).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).ShouldAllBe(output => output.Reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void AManifestThatIsWrittenAnewWithTheSameContentIsNotEmittedAgain()
    {
        var (first, second) = (ManifestFile.Of(Manifests.Digits), ManifestFile.Of(Manifests.Digits));
        var driver = Generated.Driver([first]).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken);

        var result = driver.ReplaceAdditionalText(first, second).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken).GetRunResult().Results.ShouldHaveSingleItem();

        Reasons(result, ModelClassGenerator.ManifestsStep).ShouldBe([IncrementalStepRunReason.Unchanged]);
        Reasons(result, ModelClassGenerator.SourcesStep).ShouldBe([IncrementalStepRunReason.Cached]);
    }

    [Fact]
    public void AChangedManifestEmitsOnlyItsOwnClassAgain()
    {
        var (digits, cifar) = (ManifestFile.Of(Manifests.Digits), ManifestFile.Of(Manifests.Cifar));
        var driver = Generated.Driver([digits, cifar]).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken);
        var changed = ManifestFile.Of(Manifests.Cifar with { Task = ModelTask.Raw });

        var result = driver.ReplaceAdditionalText(cifar, changed).RunGenerators(Generated.Compile(""), TestContext.Current.CancellationToken).GetRunResult().Results.ShouldHaveSingleItem();

        Reasons(result, ModelClassGenerator.SourcesStep).ShouldBe([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], ignoreOrder: true);
    }

    [Fact]
    public void TheGeneratorAsksForNoNewerCompilerThanItsFloor() =>
        typeof(ModelClassGenerator).Assembly.GetReferencedAssemblies().Single(name => name.Name == "Microsoft.CodeAnalysis").Version.ShouldBe(new Version(4, 8, 0, 0));

    /// <summary>The message of the one diagnostic about a class that is written all the same.</summary>
    private static string Said(string id, ModelManifest manifest)
    {
        var generated = Generated.From(manifest);
        generated.Complaints.ShouldBeEmpty();
        var diagnostic = generated.Result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe(id);
        return diagnostic.GetMessage(CultureInfo.InvariantCulture);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);
}
