using System.Globalization;
using System.Text.RegularExpressions;
using ModelCompiler.Tests.Caching;

namespace ModelCompiler.Tests;

/// <summary>docs/ci.md as it is written: its server, its matrix, its command.</summary>
public sealed partial class CiGuideTests(PackageFeed package) : IDisposable
{
    private readonly UserProject _first = new(package);
    private readonly UserProject _second = new(package);
    private readonly Guide _guide = new("ci.md");

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void OneCloneCompilesForEveryProfileAndTheNextOneDownloads()
    {
        using var server = new NginxServer((port, files) => _guide.Block("nginx").Replace("8080", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("/srv/cache", files, StringComparison.Ordinal));
        var profiles = MatrixProfile().Matches(_guide.Block("yaml")).Select(match => match.Groups["profile"].Value).ToArray();
        profiles.Length.ShouldBeGreaterThan(2);

        foreach (var profile in profiles)
            Job(_first, profile, server).ShouldSucceed().Output.ShouldNotContain("taken from the cache");
        foreach (var profile in profiles)
            Job(_second, profile, server).ShouldSucceed().Output.ShouldContain("taken from the cache");

        Artifacts(_second).ShouldBe(Artifacts(_first));
        Artifacts(_first).ShouldContain($"digits.{profiles[^1]}.onnx");
    }

    /// <summary>The job's steps after checkout, on a fresh clone.</summary>
    private DotNetResult Job(UserProject clone, string profile, NginxServer server)
    {
        clone.With("""<Model Include="digits.onnx" />""").WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();");
        var command = Command().Match(_guide.Block("yaml")).Groups["arguments"].Value
            .Replace("${{ matrix.profile }}", profile, StringComparison.Ordinal)
            .Replace("https://cache.example/", server.Root.ToString(), StringComparison.Ordinal);
        command.ShouldContain(profile);
        command.ShouldContain(server.Root.ToString());
        foreach (var folder in new[] { "bin", "obj" }.Select(name => Path.Combine(clone.Folder, name)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        return clone.Run([.. command.Split(' '), "--nologo", "-v:n", "-tl:off"]);
    }

    /// <summary>What <c>**/bin/Release/**/models/*</c> uploads.</summary>
    private string[] Artifacts(UserProject clone)
    {
        _guide.Block("yaml").ShouldContain("path: '**/bin/Release/**/models/*'");
        return [.. Directory.EnumerateFiles(Path.Combine(clone.Folder, "bin", "Release"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "models").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"profile: (?<profile>[a-z0-9-]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MatrixProfile();

    [GeneratedRegex(@"run: dotnet (?<arguments>build .*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Command();
}
