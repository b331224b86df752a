using ModelCompiler.Tests;

namespace Samples.Tests;

/// <summary>A clone on a machine that has none of the models.</summary>
public sealed class MissingModelTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The target alone, in a copy of what it needs: where the models are, this clone has them by now.</summary>
    [Fact]
    public void OneErrorSaysWhatToDownloadAndWhereToPutIt()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        var targets = File.ReadAllText(Path.Combine(samples, "Directory.Build.targets"));
        var start = targets.IndexOf("<Target Name=\"FetchSampleFiles\"", StringComparison.Ordinal);
        var target = targets[start..(targets.IndexOf("</Target>", start, StringComparison.Ordinal) + "</Target>".Length)];
        var project = File.ReadAllText(Path.Combine(samples, "ImageClassifier", "ImageClassifier.csproj"));
        _folder.Write("ImageClassifier.csproj", project.Replace(" Sdk=\"Microsoft.NET.Sdk\"", "", StringComparison.Ordinal).Replace("</Project>", target + "</Project>", StringComparison.Ordinal));

        var environment = new Dictionary<string, string?> { ["SampleData"] = Path.Combine(_folder.Path, "nowhere") };
        var build = DotNet.Run(_folder.Path, null, environment, "msbuild", "ImageClassifier.csproj", "-t:FetchSampleFiles", "-nologo", "-v:q", "-tl:off");

        build.ExitCode.ShouldNotBe(0);
        var error = build.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ShouldHaveSingleItem();
        error.ShouldContain("ImageClassifier.csproj : error : ");
        error.ShouldContain("Download SqueezeNet 1.1 (MIT), https://");
        error.ShouldContain($"save it as {Path.Combine(_folder.Path, "Models", "squeezenet.onnx")}. Download synset.txt");
        error.ShouldContain("in the environment variable SampleData a folder that has models/squeezenet/squeezenet_fp32.onnx and images/imagenet-synsets.txt.");
    }
}
