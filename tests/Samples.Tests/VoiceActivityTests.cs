using System.Globalization;
using System.Text.RegularExpressions;
using ModelCompiler.Tests;

namespace Samples.Tests;

public sealed partial class VoiceActivityTests : IDisposable
{
    /// <summary>Silence, two seconds of speech, silence, one and a half seconds of speech, silence; the last frame is not full.</summary>
    private static readonly short[] Sound =
    [
        .. SyntheticVoice.BeSilent(1), .. SyntheticVoice.Speak(2, seed: 1), .. SyntheticVoice.BeSilent(1), .. SyntheticVoice.Speak(1.5, seed: 2), .. SyntheticVoice.BeSilent(1.01),
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachFrameHasTheScoreOfOnnxRuntimeCalledByHand()
    {
        _folder.Write("voice.wav", WavWriter.Write(Sound));

        var run = Sample.VoiceActivity.Run(_folder.Path, "--scores", "voice.wav").ShouldSucceed();

        var expected = SileroByHand.Scores(SharedData.Require("models/silero-vad/silero_vad_op18_ifless.onnx"), Sound);
        var frames = Frame().Matches(run.Output).Select(match => (Start: Number(match.Groups["start"]), Score: Number(match.Groups["score"]))).ToList();
        frames.Count.ShouldBe(expected.Count);
        frames.Select(frame => frame.Start).ShouldBe(Enumerable.Range(0, expected.Count).Select(index => index * 512 / 16_000.0), 0.001);
        frames.Select(frame => frame.Score).ShouldBe(expected.Select(score => (double)score), 1e-5);
        expected.Max().ShouldBeGreaterThan(0.9f); // else all that was compared were zeros
    }

    [Fact]
    public void SpeechIsHeardWhereItIs()
    {
        _folder.Write("voice.wav", WavWriter.Write(Sound));
        var stretches = Stretches(Sample.VoiceActivity.Run(_folder.Path, "voice.wav").ShouldSucceed());
        stretches.SelectMany(stretch => new[] { stretch.Start, stretch.End }).ShouldBe([1.0, 3.0, 4.0, 5.5], 0.15);
    }

    [Fact]
    public void SilenceAndNoiseAreNotSpeechAndARecordingKnowsNothingOfTheOneBefore()
    {
        var random = new Random(1);
        _folder.Write("voice.wav", WavWriter.Write(Sound));
        _folder.Write("silence.wav", WavWriter.Write(SyntheticVoice.BeSilent(2)));
        _folder.Write("noise.wav", WavWriter.Write([.. Enumerable.Range(0, 32_000).Select(_ => (short)random.Next(-3000, 3000))]));
        _folder.Write("nothing.wav", WavWriter.Write([]));

        var alone = Sample.VoiceActivity.Run(_folder.Path, "--scores", "silence.wav").ShouldSucceed().Output;
        var after = Sample.VoiceActivity.Run(_folder.Path, "--scores", "voice.wav", "silence.wav").ShouldSucceed().Output;
        after.ShouldEndWith(alone);
        Stretches(Sample.VoiceActivity.Run(_folder.Path, "silence.wav", "noise.wav", "nothing.wav").ShouldSucceed()).ShouldBeEmpty();
    }

    [Fact]
    public void ARecordingOfAnotherFormIsToBeConverted()
    {
        _folder.Write("music.wav", WavWriter.Write(new short[2000], 44_100, channels: 2));
        _folder.Write("notes.txt", "no recording");
        var run = Sample.VoiceActivity.Run(_folder.Path, "music.wav", "notes.txt");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("'music.wav' is not 16000 Hz, mono, 16 bits. Convert it, for example with: ffmpeg -i \"music.wav\" -ar 16000 -ac 1 ");
        run.Output.ShouldContain("'notes.txt' is no WAV file.");
    }

    private static List<(double Start, double End)> Stretches(DotNetResult run) =>
        [.. Stretch().Matches(run.Output).Select(match => (Number(match.Groups["start"]), Number(match.Groups["end"])))];

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  (?<start>[\d.]+) s: (?<score>[\d.E-]+)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^  00:(?<start>\d\d\.\d\d) to 00:(?<end>\d\d\.\d\d)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Stretch();
}
