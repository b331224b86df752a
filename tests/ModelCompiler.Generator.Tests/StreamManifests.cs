using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models that remember: states, constants and sound.</summary>
internal static class StreamManifests
{
    /// <summary>As silero-vad's sidecar says it: windows of sound, a sampling rate that is always the same, a state.</summary>
    public static ModelManifest Voice { get; } = Manifests.Model("voice", "Voice") with
    {
        Inputs = new(
        [
            new ManifestInput(Manifests.Float("input", 1, 6), null) { Audio = new AudioInput(8, Window: 6, Hop: 4, Padding: 2) },
            new ManifestInput(ValueSignature.Tensor("sr", ElementType.Int64), null) { Constant = 8 },
            new ManifestInput(Manifests.Float("state", 2, 1, 3), null) { State = "stateN" },
        ]),
        Outputs = new([new ManifestOutput(Manifests.Float("output", 1, 1), OutputKind.Raw), new ManifestOutput(Manifests.Float("stateN", 2, 1, 3), OutputKind.Raw)]),
    };

    /// <summary>Sound without a memory.</summary>
    public static ModelManifest Loudness { get; } = Manifests.Model("loudness", "Loudness") with
    {
        Inputs = new([new ManifestInput(Manifests.Float("sound", 3), null) { Audio = new AudioInput(3, Window: 3, Hop: 3, Padding: 0) }]),
        Outputs = new([new ManifestOutput(Manifests.Float("loudest", 1), OutputKind.Raw), new ManifestOutput(Manifests.Float("softest", 1), OutputKind.Raw)]),
    };

    /// <summary>A memory that grows with each run, as the keys and values of a language model do.</summary>
    public static ModelManifest Cache { get; } = Manifests.Model("cache", "Cache") with
    {
        Inputs = new(
        [
            new ManifestInput(ValueSignature.Tensor("token", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(1)), null),
            new ManifestInput(ValueSignature.Tensor("past.0", ElementType.Float32, Dimension.Named("batch"), Dimension.Named("past_length")), null) { State = "present.0" },
        ]),
        Outputs = new(
        [
            new ManifestOutput(ValueSignature.Tensor("present.0", ElementType.Float32, Dimension.Named("batch"), Dimension.Named("total_length")), OutputKind.Raw),
            new ManifestOutput(ValueSignature.Tensor("highest", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(1)), OutputKind.Raw),
        ]),
    };

    /// <summary>Constants of every width, and an input called as the parameter of the memory would be.</summary>
    public static ModelManifest Settings { get; } = Manifests.Model("settings", "Settings") with
    {
        Inputs = new(
        [
            new ManifestInput(Manifests.Float("state", 2), null),
            new ManifestInput(Manifests.Float("gain", 2), null) { Constant = 0.1 },
            new ManifestInput(ValueSignature.Tensor("on", ElementType.Bool), null) { Constant = 1 },
            new ManifestInput(ValueSignature.Tensor("half", ElementType.Float16, Dimension.Of(2)), null) { Constant = -0.5 },
            new ManifestInput(ValueSignature.Tensor("steps", ElementType.UInt8, Dimension.Of(1)), null) { Constant = 255 },
            new ManifestInput(ValueSignature.Tensor("offset", ElementType.Float64), null) { Constant = 1e-9 },
            new ManifestInput(Manifests.Float("h", 2), null) { State = "hn" },
        ]),
        Outputs = new([new ManifestOutput(Manifests.Float("louder", 2), OutputKind.Raw), new ManifestOutput(Manifests.Float("hn", 2), OutputKind.Raw)]),
    };

    public static IEnumerable<ModelManifest> All => [Voice, Loudness, Cache, Settings];
}
