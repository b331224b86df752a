using System.Text;

namespace ModelCompiler.Contract.Tests;

public sealed class ModelLockFileTests : IDisposable
{
    private static readonly string Hash = new('a', 64);

    private static readonly LockedForm Everything = new()
    {
        Profile = "linux-x64",
        Model = Hash,
        Compiler = "1.2.3",
        Evaluation = new('b', 64),
        Calibration = new('0', 64),
        Precision = "int8",
        Pruning = new("channels", 0.25),
        IntegerOperators = 34,
        KeptInFloat = new(["Softmax 'prob \"é\" 🙂'", "Pool"]),
        Bytes = 5_000_000_000,
        CompressedBytes = 1_200_000,
        Macs = 349_151_936,
        Accuracy = new("top1", 0.594, 0.59, 500) { Drop = 0.004, Ci95 = new(-0.00634, 0.014308), CompiledCi95 = new(0.5, 0.6) },
        Fidelity = new(25.75, 0.978, 500),
        LatencyRatio = 2.5,
        Compiled = new('9', 64),
        Ranges = new([new("data_0", "scale 1.077, zero 115"), new("a/b", "scale 2, zero 0")]),
    };

    private static readonly LockedForm Least = new() { Profile = "portable", Model = Hash, Precision = "fp32", Bytes = 1, Compiled = Hash };

    private static readonly string Text = ModelLockFile.Write(ModelLock.Empty.With(Least).With(Everything));

    private readonly string _folder = Directory.CreateTempSubdirectory("modelcompiler").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsWrittenIsReadBackInTheOrderOfProfiles()
    {
        var read = ModelLockFile.Parse(Text, null);

        read.Profiles.ShouldBe([Everything, Least]);
        ModelLockFile.Write(read).ShouldBe(Text);
        ModelLockFile.Parse(ModelLockFile.Write(ModelLock.Empty), null).ShouldBe(ModelLock.Empty);
    }

    [Fact]
    public void EveryLineHoldsOneFact()
    {
        Text.ShouldContain("\n      \"bytes\": 5000000000,\n");
        Text.ShouldContain("\n        \"data_0\": \"scale 1.077, zero 115\",\n");
        Text.ShouldEndWith("}\n");
        Text.Split('\n').ShouldAllBe(line => line.Count(character => character == ':') <= 1 || line.Contains('"'));
    }

    [Fact]
    public void AProfileReplacesItselfAndLeavesTheOthers()
    {
        var both = ModelLock.Empty.With(Everything).With(Least);

        both.With(Everything with { Bytes = 3 }).Profiles.ShouldBe([Everything with { Bytes = 3 }, Least]);
        both.For("portable").ShouldBe(Least);
        both.For("Portable").ShouldBeNull();
    }

    [Fact]
    public void LineEndsAndByteOrderMarksOfACheckoutChangeNothing()
    {
        var path = Path.Combine(_folder, "m.model.lock.json");
        File.WriteAllText(path, Text.ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        ModelLockFile.Read(path).ShouldBe(ModelLockFile.Parse(Text, null));
    }

    [Fact]
    public void WhereNoneIsNothingIsRead() => ModelLockFile.Read(Path.Combine(_folder, "none.model.lock.json")).ShouldBeNull();

    [Theory]
    [InlineData("m.onnx", "m", "m.model.lock.json")]
    [InlineData("m.v2.onnx", "m.v2", "m.v2.model.lock.json")]
    [InlineData("my model.onnx", "my-model", "my model.model.lock.json")]
    [InlineData("m.onnx", "m-Other", "m-Other.model.lock.json")]
    public void LiesBesideTheModelAndEachFormOfOneFileHasOne(string model, string name, string expected) =>
        ModelLockFile.PathFor(Path.Combine(_folder, model), name).ShouldBe(Path.Combine(_folder, expected));

    [Theory]
    [InlineData("{ \"version\": 2 }", 1, "'version' must be 1. Correct it, or write it anew with 'modelc accept'")]
    [InlineData("{}", 1, "'version' must be 1.")]
    [InlineData("{ \"version\": 1,\n  \"speed\": 3 }", 2, "'speed' is not known")]
    [InlineData("<<<<<<< HEAD\n{}", 1, "not valid JSON: '<' is unexpected")]
    [InlineData("", 1, "it ends too early")]
    [InlineData("[]", 1, "must be an object")]
    [InlineData("{ \"version\": 1,\n \"profiles\": {\n \"a\": null } }", 3, "'profiles.a' must be an object")]
    [InlineData("{ \"version\": 1,\n \"profiles\": {\n \"a\": {} } }", 3, "'profiles.a.model' must be a SHA-256")]
    public void RefusesWhatItDoesNotUnderstandAndNamesTheLine(string text, int line, string expected)
    {
        var diagnostic = Diagnosed.By(DiagnosticRules.LockInvalid, () => ModelLockFile.Parse(text, "m.model.lock.json"));

        diagnostic.Message.ShouldContain(expected);
        (diagnostic.File, diagnostic.Line).ShouldBe(("m.model.lock.json", line));
    }

    [Theory]
    [InlineData("\"bytes\": 5000000000", "\"bytes\": -1", "'profiles.linux-x64.bytes' must be a whole number")]
    [InlineData("\"bytes\": 5000000000", "\"bytes\": 1.5", "bytes' must be a whole number")]
    [InlineData("\"bytes\": 5000000000", "\"bytes\": \"1\"", "bytes' must be a number")]
    [InlineData("\"compiled\": 0.59", "\"compiled\": 1.1", "'profiles.linux-x64.accuracy.compiled' must be a number from 0 to 1")]
    [InlineData("\"top1Agreement\": 0.978", "\"top1Agreement\": -0.5", "top1Agreement' must be a number from 0 to 1")]
    [InlineData("\"samples\": 500", "\"samples\": -1", "samples' must be a whole number")]
    [InlineData("\"high\": 0.014308", "\"high\": -1", "'profiles.linux-x64.accuracy.ci95.high' must be no less than 'low'")]
    [InlineData("\"samples\": 500", "\"samples\": null", "samples' must be a whole number")]
    [InlineData("\"drop\": 0.004", "\"dorp\": 0.004", "accuracy.drop' must be a number")]
    [InlineData("\"precision\": \"int8\"", "\"precision\": null", "precision' must be a word")]
    [InlineData("\"precision\": \"int8\"", "\"precision\": \"int8\", \"bytes\": 2", "'profiles.linux-x64.bytes' is there twice")]
    [InlineData("\"a/b\": \"scale 2, zero 0\"", "\"a/b\": 2", "a/b' must be a text")]
    [InlineData("999999", "99999z", "must be a SHA-256 in 64 lower-case hexadecimal digits")]
    public void RefusesWhatCannotBe(string what, string instead, string expected)
    {
        Text.ShouldContain(what);
        var at = Text.IndexOf(what, StringComparison.Ordinal);

        var diagnostic = Diagnosed.By(DiagnosticRules.LockInvalid, () => ModelLockFile.Parse(Text[..at] + instead + Text[(at + what.Length)..], null));

        diagnostic.Message.ShouldContain(expected);
        diagnostic.Line.ShouldNotBeNull().ShouldBeGreaterThan(1);
    }

    /// <summary>A lock with a character cut out, doubled or exchanged is read, or refused by its rule; nothing else happens.</summary>
    [Fact]
    public void DamagedTextIsReadOrRefused()
    {
        var random = new Random(20);
        for (var time = 0; time < 3000; time++)
        {
            var at = random.Next(Text.Length);
            var damaged = random.Next(4) switch
            {
                0 => Text.Remove(at, 1),
                1 => Text.Insert(at, Text[at].ToString()),
                2 => Text[..at],
                _ => Text.Remove(at, 1).Insert(at, "\"{}[]:,-9e.\\\0n"[random.Next(14)].ToString()),
            };
            try
            {
                ModelLockFile.Write(ModelLockFile.Parse(damaged, null)).ShouldNotBeEmpty();
            }
            catch (DiagnosticException refused)
            {
                refused.Diagnostic.Id.ShouldBe("MC0020", damaged);
            }
        }
    }
}
