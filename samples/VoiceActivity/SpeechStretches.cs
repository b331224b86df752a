using ModelCompiler;

namespace VoiceActivity;

/// <summary>Makes stretches of speech from the scores of its frames. The numbers are those that Silero's own tools use.</summary>
internal static class SpeechStretches
{
    /// <summary>A stretch starts where speech is more likely than this.</summary>
    private const float Starts = 0.5f;

    /// <summary>It goes on until speech is less likely than this …</summary>
    private const float Ends = 0.35f;

    /// <summary>… for so long: speakers breathe.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A click or a cough is shorter than a word.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    public static IEnumerable<(TimeSpan Start, TimeSpan End)> Of(IEnumerable<AudioResult<float>> frames)
    {
        (TimeSpan Start, TimeSpan End)? open = null;
        foreach (var frame in frames)
        {
            if (open is null && frame.Value > Starts || open is not null && frame.Value >= Ends)
                open = (open?.Start ?? frame.Start, frame.End);
            else if (open is { } stretch && frame.End - stretch.End >= Pause)
            {
                open = null;
                if (IsSpeech(stretch))
                    yield return stretch;
            }
        }

        if (open is { } last && IsSpeech(last))
            yield return last;
    }

    private static bool IsSpeech((TimeSpan Start, TimeSpan End) stretch) => stretch.End - stretch.Start >= Shortest;
}
