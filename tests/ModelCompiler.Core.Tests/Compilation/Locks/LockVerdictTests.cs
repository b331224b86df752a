using System.Globalization;
using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Compilation.Locks;

/// <summary>Each judgement at its border.</summary>
public sealed class LockVerdictTests
{
    private static readonly string Photos = new('1', 64);

    private static readonly string OtherPhotos = new('2', 64);

    private static readonly LockedForm Accepted = new()
    {
        Profile = "linux-x64",
        Model = new('a', 64),
        Evaluation = Photos,
        Precision = "int8",
        IntegerOperators = 34,
        KeptInFloat = new(["Softmax"]),
        Bytes = 1_000_000,
        CompressedBytes = 500_000,
        Macs = 1000,
        Accuracy = new("top1", 0.9, 0.9, 500) { Ci95 = new(-0.01, 0.01) },
        Fidelity = new(30, 0.98, 500),
        LatencyRatio = 2.5,
        Compiled = new('b', 64),
        Ranges = new([new("x", "scale 1, zero 0"), new("y", "scale 2, zero 0")]),
    };

    [Fact]
    public void TheSameIsNothingToSpeakOf() => Verdict(Accepted).ShouldBeEmpty();

    [Fact]
    public void NeitherTheClockNorTheCompilersVersionNorBytesAloneAre() =>
        Verdict(Accepted with { LatencyRatio = 0.5, Compiler = "9.9", Compiled = new('c', 64) }).ShouldBeEmpty();

    /// <summary>On the same samples: half the width of the present interval, at least half a point.</summary>
    [Theory]
    [InlineData(0.89, 0.01, false)]
    [InlineData(0.889999, 0.01, true)]
    [InlineData(0.895, 0.001, false)]
    [InlineData(0.894999, 0.001, true)]
    [InlineData(0.86, 0.04, false)]
    public void AccuracyOnTheSameSamples(double compiled, double reach, bool isWorse) =>
        IsWorse(Accepted with { Accuracy = new("top1", 0.9, compiled, 500) { Ci95 = new(0.02 - reach, 0.02 + reach) } }).ShouldBe(isWorse);

    /// <summary>By the two-proportion z test: from 90 % of 500, p = 0.88 gives 1.96·√(0.88·0.12·2/500) = 4.03 points; from 100 % of 50, p = 0.96 gives 7.7 points beside 200.</summary>
    [Theory]
    [InlineData(0.9, 500, 0.86, 500, false)]
    [InlineData(0.9, 500, 0.859, 500, true)]
    [InlineData(0.9, 500, 0.877, 1_000_000, false)]
    [InlineData(0.9, 500, 0.87, 1_000_000, true)]
    [InlineData(0.9, 1_000_000, 0.896, 1_000_000, false)]
    [InlineData(1, 50, 0.95, 200, false)]
    [InlineData(1, 50, 0.92, 200, true)]
    public void AccuracyOnOtherSamples(double was, int samples, double now, int otherSamples, bool isWorse)
    {
        var locked = Accepted with { Accuracy = new("top1", was, was, samples) { Ci95 = new(-0.5, 0.5) } };
        var present = locked with { Evaluation = OtherPhotos, Accuracy = new("top1", now, now, otherSamples) { Ci95 = new(-0.5, 0.5) } };

        IsWorse(present, locked).ShouldBe(isWorse);
    }

    /// <summary>Average precision is no share of samples: its two intervals count, √(3² + 4²) = 5 points.</summary>
    [Theory]
    [InlineData(0.45, false)]
    [InlineData(0.449, true)]
    public void AveragePrecisionOnOtherPictures(double now, bool isWorse)
    {
        var locked = Accepted with { Accuracy = new("AP50", 0.5, 0.5, 100) { CompiledCi95 = new(0.47, 0.53) } };
        var present = Accepted with { Evaluation = OtherPhotos, Accuracy = new("AP50", 0.5, now, 120) { CompiledCi95 = new(now - 0.04, now + 0.04) } };

        IsWorse(present, locked).ShouldBe(isWorse);
    }

    [Fact]
    public void AnOriginalThatAnswersWorseIsNamedFirst()
    {
        var worse = Verdict(Accepted with { Accuracy = new("top1", 0.1, 0.1, 500) { Ci95 = new(-0.01, 0.01) } }).ShouldHaveSingleItem();

        (worse.Id, worse.Severity, worse.File).ShouldBe(("MC3024", DiagnosticSeverity.Error, "m.onnx"));
        worse.Message.ShouldBe(
            "for linux-x64 the model is worse than its lock: the original's top-1 accuracy is 10 % (n=500), and was 90 % (n=500); top-1 accuracy is 10 % (n=500), and was 90 % (n=500). "
            + "The original itself answers worse than it did, so look at the model file, its preprocessing and the data first. "
            + "If that is meant, accept it with 'dotnet build -p:ModelCompilerAccept=true' or 'modelc accept', and commit the lock.");
    }

    /// <summary>p = 0.97 gives 1.96·√(0.97·0.03·2/500) = 2.11 points.</summary>
    [Theory]
    [InlineData(0.96, false)]
    [InlineData(0.958, true)]
    public void Agreement(double now, bool isWorse) => IsWorse(Accepted with { Fidelity = new(30, now, 500) }).ShouldBe(isWorse);

    [Theory]
    [InlineData(30, 29, true, false)]
    [InlineData(30, 28.99, true, true)]
    [InlineData(30, 27, false, false)]
    [InlineData(30, 26.99, false, true)]
    [InlineData(200, 85, true, false)]
    [InlineData(200, 78.9, true, true)]
    public void SignalToNoise(double was, double now, bool areSameSamples, bool isWorse)
    {
        var locked = Accepted with { Fidelity = new(was, null, 500) };

        IsWorse(Accepted with { Evaluation = areSameSamples ? Photos : OtherPhotos, Fidelity = new(now, null, 500) }, locked).ShouldBe(isWorse);
    }

    [Fact]
    public void OnMadeUpInputsFidelityIsOfAnotherKind()
    {
        var locked = Accepted with { Evaluation = null, Accuracy = null };

        Ids(Accepted with { Accuracy = null, Fidelity = new(10, 0.5, 500) }, locked).ShouldBe(["MC3026"], "there is evaluation data now");
    }

    [Theory]
    [InlineData(1_010_000, 500_000, false)]
    [InlineData(1_010_001, 500_000, true)]
    [InlineData(1_000_000, 505_000, false)]
    [InlineData(1_000_000, 505_001, true)]
    public void Size(long bytes, long compressed, bool isWorse) => IsWorse(Accepted with { Bytes = bytes, CompressedBytes = compressed }).ShouldBe(isWorse);

    [Fact]
    public void WhatIsNotMeasuredAnyMoreIsNoEvidence()
    {
        Message(Accepted with { Accuracy = null }).ShouldContain("top-1 accuracy is not measured any more, and was 90 %.");
        Message(Accepted with { Accuracy = new("detection agreement", 1, 0.99, 500) }).ShouldContain("top-1 accuracy is not measured any more");
        Message(Accepted with { Fidelity = null }).ShouldContain("agreement with the original's answers is not measured any more, and was 98 % (n=500); signal to noise is not measured any more, and was 30.0 dB");
    }

    [Fact]
    public void LabelsTellMoreThanAgreement()
    {
        var locked = Accepted with { Accuracy = new("detection agreement", 1, 0.99, 500) };

        Verdict(Accepted with { Accuracy = new("AP50", 0.5, 0.5, 500) }, locked).ShouldBeEmpty();
    }

    [Fact]
    public void ChoicesThatDifferAreOneMessage()
    {
        var present = Accepted with
        {
            Precision = "fp16-weights",
            Pruning = new("channels", 0.25),
            IntegerOperators = null,
            KeptInFloat = new(["a", "b", "c", "d", "e"]),
            Macs = 1500,
            Ranges = new([new("x", "scale 1.5, zero 0"), new("z", "scale 3, zero 0")]),
            Calibration = Photos,
        };

        var info = Verdict(present).ShouldHaveSingleItem();

        (info.Id, info.Severity).ShouldBe(("MC3026", DiagnosticSeverity.Info));
        info.Message.ShouldStartWith(
            "for linux-x64 the model differs from its lock: precision is fp16-weights, and was int8; pruning is channels by 25 %, and was none; 0 operators are integer, and 34 were; "
            + "newly in float: a, b, c and 2 more; no longer kept in float: Softmax; multiply-accumulates are 1,500, and were 1,000; "
            + "the range of 1 of 2 activations, of 'x' scale 1.5, zero 0 and was scale 1, zero 0; there is calibration data now.");
    }

    [Fact]
    public void WhatIsBetterCanBeTakenIntoTheLock()
    {
        var present = Accepted with { Bytes = 900_000, Accuracy = new("top1", 0.9, 0.92, 500) { Ci95 = new(-0.01, 0.01) } };

        Verdict(present).ShouldHaveSingleItem().Message.ShouldContain(
            "top-1 accuracy is 92 % (n=500), and was 90 % (n=500), which is better; size is 0.9 MB, and was 1 MB, which is better.");
    }

    [Fact]
    public void AnotherModelIsAWarningAndJudgedAllTheSame()
    {
        var exchanged = Accepted with { Model = new('c', 64) };

        var warning = Verdict(exchanged).ShouldHaveSingleItem();
        (warning.Id, warning.Severity).ShouldBe(("MC3025", DiagnosticSeverity.Warning));
        warning.Message.ShouldContain("it has the SHA-256 aaaaaaaaaaaa…, and this one cccccccccccc….");
        Ids(exchanged with { Bytes = 2_000_000 }).ShouldBe(["MC3025", "MC3024"]);
    }

    [Fact]
    public void AProfileThatIsNotInTheLockIsSaid() =>
        Verdict(Accepted with { Profile = "portable" }).ShouldHaveSingleItem().Message.ShouldStartWith("for portable the model differs from its lock: it says nothing of this profile yet.");

    [Fact]
    public void MessagesAreTheSameInEveryCulture()
    {
        var worse = Accepted with { Bytes = 2_500_000, Accuracy = new("top1", 0.9, 0.8055, 500) { Ci95 = new(-0.01, 0.01) } };
        var before = Message(worse);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;

            Message(worse).ShouldBe(before);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static bool IsWorse(LockedForm present, LockedForm? locked = null) => Ids(present, locked).Contains("MC3024");

    private static string Message(LockedForm present) => Verdict(present).Single(diagnostic => diagnostic.Id == "MC3024").Message;

    private static string[] Ids(LockedForm present, LockedForm? locked = null) => [.. Verdict(present, locked).Select(diagnostic => diagnostic.Id)];

    private static ModelDiagnostic[] Verdict(LockedForm present, LockedForm? locked = null) => [.. LockVerdict.Of("m.onnx", ModelLock.Empty.With(locked ?? Accepted), present)];
}
