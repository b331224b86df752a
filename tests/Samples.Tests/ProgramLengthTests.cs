using ModelCompiler.Tests;

namespace Samples.Tests;

/// <summary>What a sample's program takes shows what the API asks of its users.</summary>
public class ProgramLengthTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.csproj", SearchOption.AllDirectories)
        .Select(project => Path.GetFileNameWithoutExtension(project)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void EveryProgramIsShorterThan40Lines(string sample) =>
        File.ReadAllLines(Path.Combine(Repository.Root, "samples", sample, "Program.cs")).Length.ShouldBeLessThan(40);

    [Fact]
    public void AllSamplesAreCounted() => Samples.Count.ShouldBeGreaterThanOrEqualTo(6);
}
