using ModelCompiler.Tests;

namespace Samples.Tests;

/// <summary>A sample that is built once for all tests that run it.</summary>
internal sealed class Sample(string name, params string[] data)
{
    public static readonly Sample ImageClassifier = new("ImageClassifier", "models/squeezenet/squeezenet_fp32.onnx", "images/imagenet-synsets.txt");
    public static readonly Sample ObjectDetector = new("ObjectDetector", "models/yolox-nano/yolox_nano.onnx");
    public static readonly Sample VoiceActivity = new("VoiceActivity", "models/silero-vad/silero_vad_op18_ifless.onnx");

    /// <summary>One build at a time, so that those of two samples do not restore the same projects at once.</summary>
    private static readonly Lock Builds = new();

    private bool _isBuilt;

    /// <summary>Runs the sample as a user does; the test is skipped where the data that the sample needs is absent.</summary>
    /// <param name="folder">The current folder of the run.</param>
    /// <param name="arguments">What the sample is given.</param>
    public DotNetResult Run(string folder, params string[] arguments)
    {
        foreach (var file in data)
            SharedData.Require(file);

        lock (Builds)
        {
            if (!_isBuilt)
                Build();
            _isBuilt = true;
        }

        return DotNet.Run(folder, null, [Path.Combine(Repository.Root, "artifacts", "bin", name, Repository.Configuration.ToLowerInvariant(), name + ".dll"), .. arguments]);
    }

    // The projects that it refers to were built before this test; another build may be at work on them.
    private void Build()
    {
        var build = DotNet.Run(Repository.Root, null, "build", Path.Combine("samples", name), "-c", Repository.Configuration, "-p:BuildProjectReferences=false", "--nologo", "-v:q", "-tl:off");
        build.ExitCode.ShouldBe(0, build.Output);
        build.Warnings.ShouldAllBe(warning => warning.Contains("NETSDK1206")); // of versions of macOS that the package which decodes images names
    }
}
