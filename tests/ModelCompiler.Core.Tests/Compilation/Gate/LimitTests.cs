using ModelCompiler.Compilation;
using ModelCompiler.Compilation.Gate;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Memory;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Compilation.Gate;

/// <summary>Limits of time and memory, by figures as they could be measured.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly CompileProject _project = new(TenClasses.Classifier(widest: 1));

    [Theory]
    [InlineData(3000, 9000, "MC3027")]
    [InlineData(3000, 4500, null)]
    [InlineData(3000, 1500, null)]
    [InlineData(30, 90, null)]   // a twentieth of a millisecond, which nobody notices
    public void AFormThatIsMuchSlowerFails(double before, double after, string? id) =>
        Ids(CompileOptions.None, Times(before, after)).ShouldBe(id is null ? [] : [id]);

    [Fact]
    public void TheMessageSaysHowMuchSlowerAndWhatHelps() =>
        Breaches(CompileOptions.None, Times(3000, 9000)).ShouldHaveSingleItem().Message.ShouldBe(
            "as int8 a run takes 9 ms, and the original 3 ms: 3.0 times as long in 100 interleaved runs, over the 1.5 times that hold where MaxLatency is not set. "
            + "What helps, the most promising first: say Precision=\"auto\", which takes a form that keeps every limit; leave Precision out, which takes the profile's form only where it is no slower; "
            + "set MaxLatency to what you accept, such as 9 ms.");

    [Theory]
    [InlineData("10ms", new string[0])]
    [InlineData("8ms", new[] { "MC3003" })]
    public void MaxLatencyTakesThePlaceOfThatLimit(string most, string[] ids) =>
        Ids(new CompileOptions { MaxLatency = most }, Times(3000, 9000)).ShouldBe(ids);

    [Theory]
    [InlineData("60MB", new string[0])]
    [InlineData("40MB", new[] { "MC3028" })]
    public void MemoryKeepsItsLimit(string most, string[] ids)
    {
        var evidence = new Evidence(null, null, null) { Memory = new PeakMemory(80_000_000, 50_000_000) };

        Ids(new CompileOptions { MaxMemory = most }, evidence).ShouldBe(ids);
    }

    [Fact]
    public void RemediesAreThreeAndTheLastIsToRaiseTheLimit()
    {
        var message = Breaches(new CompileOptions { MaxSize = "5kB", Precision = "int8-weights" }, new Evidence(null, null, null)).ShouldHaveSingleItem().Message;

        message.ShouldBe(
            "The compiled model has 21 kB, over MaxSize=5 kB. What helps, the most promising first: say Precision=\"int4-weights\", about 9.8 kB; "
            + "say Pruning=\"channels\" without a PruningRatio, which goes as far as MaxSize needs; raise MaxSize to 21 kB.");
    }

    [Theory]
    [InlineData("MaxClassDrop=1 % and MaxAccuracyDrop=5 %", "5%", "1%", null, null)]
    [InlineData(null, "100%", "5%", "99%", null)]
    [InlineData("RequireEvidence=true and no limit of accuracy", null, null, null, true)]
    [InlineData(null, "5%", "5%", "95%", null)]
    [InlineData(null, "0.5%", "10%", null, true)]
    public void LimitsThatContradictEachOtherAreRefusedBeforeAnyWork(string? named, string? drop, string? classDrop, string? agreement, bool? evidence)
    {
        var result = TenClasses.Compile(_project, TenClasses.Options(_project) with { MaxAccuracyDrop = drop, MaxClassDrop = classDrop, MinAgreement = agreement, RequireEvidence = evidence });

        if (named is null)
            result.Diagnostics.ShouldBeEmpty();
        else
        {
            var error = result.Diagnostics.ShouldHaveSingleItem();
            (error.Id, error.Severity).ShouldBe(("MC0027", DiagnosticSeverity.Error));
            error.Message.ShouldStartWith($"{named} contradict each other: ");
            _project.Steps.ShouldBeEmpty();
        }
    }

    public void Dispose() => _project.Dispose();

    private IEnumerable<string> Ids(CompileOptions options, Evidence evidence) => Breaches(options, evidence).Select(diagnostic => diagnostic.Id);

    private List<ModelDiagnostic> Breaches(CompileOptions options, Evidence evidence)
    {
        var job = new CompileJob { Model = _project.ModelPath, Name = "m", OutputDirectory = _project.Output, Profile = HardwareProfiles.Read("linux-x64"), Options = new ModelOptions { Compile = options } };
        using var original = OriginalModel.Open(job, _ => { });
        var file = Path.Combine(Path.GetDirectoryName(_project.ModelPath)!, "compiled.onnx");
        File.WriteAllBytes(file, new byte[21_000]);
        var candidate = new Candidate(options.Precision ?? "int8", [file], new ModelCost(25_600, 25_600, 25_600, 1000), new PassContext(), null)
        {
            Inputs = new PrecisionInputs(QuantizationScheme.Of(job.Profile), null),
            IntegerMacsShare = 1,
        };
        return [.. Limits.Breaches(new JudgedForm(job, Budgets.Of(options, new()), new GroupLosses(ClassLimit.Default, original), original, candidate, evidence, IsPruned: false))];
    }

    private static Evidence Times(double before, double after) => new(null, new Latency(before, null, 1, 100), new Latency(after, null, before / after, 100));
}
