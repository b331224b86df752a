namespace Samples.Tests;

/// <summary>A whole sample, with its image decoder and its report in JSON, as native code and trimmed.</summary>
public class PublishTests
{
    /// <summary>MODELCOMPILER_PUBLISH_SAMPLES=1 runs it.</summary>
    [Fact]
    public void TheDigitReaderPrintsTheSameAsNativeCodeAndTrimmed()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MODELCOMPILER_PUBLISH_SAMPLES") == "1", "it publishes three times, which takes minutes; MODELCOMPILER_PUBLISH_SAMPLES=1 runs it");
        Assert.SkipUnless(new[] { "clang", "gcc" }.Any(IsInstalled), "neither clang nor gcc is installed, one of which links native code");
        using var sample = new DigitReaderOutside();

        var plain = sample.PublishAndRun("plain", "--self-contained", "false");
        plain.ShouldContain("Seven (");
        sample.PublishAndRun("native", "-p:PublishAot=true").ShouldBe(plain);
        sample.IsManaged("native").ShouldBeFalse();
        sample.PublishAndRun("trimmed", "-p:PublishTrimmed=true", "--self-contained").ShouldBe(plain);
        sample.IsManaged("trimmed").ShouldBeTrue();
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
