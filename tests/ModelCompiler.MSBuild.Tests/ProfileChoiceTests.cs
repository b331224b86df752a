using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild.Tests;

public sealed class ProfileChoiceTests
{
    private readonly ProfileChoice _choice = new(Path.GetTempPath(), ProfileReader.Read);

    [Fact]
    public void ItemsComeBeforeEverything() => Names(["linux-x64"], "win-x64", "osx-arm64", "linux-arm64").ShouldBe(["linux-x64"]);

    [Fact]
    public void ThenTheProperty() => Names([], "win-x64; linux-x64", "osx-arm64", "linux-arm64").ShouldBe(["win-x64", "linux-x64"]);

    [Fact]
    public void ThenTheRuntimeIdentifiersOfTheProject() => Names([], "", "osx-arm64;win-arm64", "linux-x64").ShouldBe(["osx-arm64", "win-arm64"]);

    [Fact]
    public void ThenTheMachineThatBuilds() => Names([], null, "", "linux-arm64").ShouldBe(["linux-arm64"]);

    [Fact]
    public void AnUnknownMachineGetsThePortableProfile() => Names([], null, "", "haiku-riscv64").ShouldBe(["portable"]);

    [Theory]
    [InlineData("android", "linux-x64", "android-arm64;android-x64")]
    [InlineData("ios", "osx-arm64", "ios-arm64")]
    [InlineData("macos", "osx-arm64", null)]
    [InlineData("windows", "linux-x64", "win-x64")]
    [InlineData("Windows", "win-arm64", null)]
    [InlineData("", "linux-x64", null)]
    [InlineData(null, "linux-x64", null)]
    public void AFrameworkOfAnotherPlatformMeansItsDevices(string? platform, string host, string? identifiers) => TargetPlatform.RuntimeIdentifiers(platform, host).ShouldBe(identifiers);

    [Theory]
    [InlineData("win-arm64")]
    [InlineData("android-arm64")]
    [InlineData("win-x64")]
    [InlineData("osx-arm64")]
    public void NeuralProcessorsAndGpusAreForWhoNamesThem(string runtimeIdentifier)
    {
        Names([], null, runtimeIdentifier).ShouldBe([runtimeIdentifier]);
        Names(["qnn-arm64", "webgpu"], null, runtimeIdentifier).ShouldBe(["qnn-arm64", "webgpu"]);
    }

    [Fact]
    public void AProfileIsTakenOnce() => Names(["linux-x64", "linux-x64"], null).ShouldBe(["linux-x64"]);

    [Fact]
    public void AProfileFileIsRelativeToTheProject()
    {
        var folder = Directory.CreateTempSubdirectory("profiles");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "board.json"), """{ "name": "board", "extends": "linux-arm64" }""");

            var chosen = new ProfileChoice(folder.FullName, ProfileReader.Read).Choose(["board.json"], null).Single();

            chosen.Reference.ShouldBe(Path.Combine(folder.FullName, "board.json"));
            chosen.Profile.Name.ShouldBe("board");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IEnumerable<string> Names(string[] items, string? property, params string[] identifiers) =>
        _choice.Choose(items, property, identifiers).Select(chosen => chosen.Profile.Name);
}
