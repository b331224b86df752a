using ModelCompiler.Contract;

namespace ModelCompiler.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect", "a.onnx", "--wrong")]
    [InlineData("inspct", "a.onnx")]
    [InlineData]
    public void WrongArgumentsAreOneErrorAndExitCodeTwo(params string[] arguments)
    {
        var run = Modelc.Run(arguments);

        run.ShouldFailWith("MC0015", exitCode: 2).ShouldContain("--help");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public void ACommandThatDoesNotExistIsNamedWithTheNearestOne() =>
        Modelc.Run("inspct", "a.onnx").ShouldFailWith("MC0015", exitCode: 2).ShouldContain("There is no command 'inspct'. The nearest is 'inspect'.");

    [Fact]
    public void HelpListsEveryCommand()
    {
        var help = Modelc.Run("--help").ShouldSucceed().Out;

        foreach (var command in new[] { "inspect", "compile", "accept", "evaluate", "bench", "profiles", "explain", "doctor", "build" })
            help.ShouldContain($"  {command}");
    }

    [Fact]
    public void ExplainsARule()
    {
        var text = Modelc.Run("explain", "mc0015").ShouldSucceed().Out;

        text.ShouldStartWith("MC0015 (error): Wrong usage of modelc");
        text.ShouldContain("## What to do");
    }

    [Fact]
    public void ExplainsTheFirstAndTheLastRule()
    {
        foreach (var id in new[] { DiagnosticRules.All[0].Id, DiagnosticRules.All[^1].Id })
            Modelc.Run("explain", id).ShouldSucceed().Out.ShouldStartWith(id);
    }

    [Fact]
    public void NamesTheNearestRulesToAnUnknownOne() =>
        Modelc.Run("explain", "MC304").ShouldFailWith("MC0015", exitCode: 2).ShouldContain("MC3004");

    [Fact]
    public void ListsTheBuiltInProfiles()
    {
        Modelc.Run("profiles").ShouldSucceed().Out.ShouldContain("android-arm64");

        var profiles = Modelc.Run("profiles", "--json").ShouldSucceed().Json.GetProperty("profiles");
        profiles.EnumerateArray().Select(profile => profile.GetProperty("name").GetString()).ShouldContain("linux-x64");
    }

    [Fact]
    public void FindsThisMachineReady()
    {
        var run = Modelc.Run("doctor").ShouldSucceed();

        run.Out.ShouldContain("ok  ONNX Runtime");
        run.Out.ShouldContain("ok  image decoding");
    }
}
