namespace ModelCompiler;

/// <summary>How a stream of sound is cut into what a model takes in one run.</summary>
/// <param name="SampleRate">Samples a second that the model was trained on. Sound of another rate has to be resampled before.</param>
/// <param name="Window">Samples of one run.</param>
/// <param name="Hop">Samples from the start of one window to the start of the next, at most <paramref name="Window"/>.</param>
/// <param name="Padding">Zeros before the first sample, less than <paramref name="Window"/>.</param>
public sealed record AudioFraming(int SampleRate, int Window, int Hop, int Padding = 0)
{
    /// <summary>The time of a sample.</summary>
    /// <param name="sample">Its number from the start of the stream.</param>
    public TimeSpan TimeOf(long sample) => TimeSpan.FromTicks((long)(sample * (double)TimeSpan.TicksPerSecond / SampleRate));
}
