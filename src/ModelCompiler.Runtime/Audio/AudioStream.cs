namespace ModelCompiler;

/// <summary>Runs a model over one window of sound.</summary>
/// <typeparam name="TResult">The model's answer.</typeparam>
/// <param name="window">As many samples as the framing says.</param>
public delegate TResult AudioStep<out TResult>(ReadOnlySpan<float> window);

/// <summary>A stream of sound that a model listens to: push samples as they come, in pieces of any length, and get an answer for each window that they complete.</summary>
/// <typeparam name="TResult">The model's answer.</typeparam>
/// <param name="framing">How the stream is cut into windows.</param>
/// <param name="step">Runs the model over one window.</param>
/// <param name="forget">Makes the model forget the stream; null where it remembers nothing.</param>
/// <remarks>Not thread-safe: a stream has an order.</remarks>
public sealed class AudioStream<TResult>(AudioFraming framing, AudioStep<TResult> step, Action? forget = null)
{
    private readonly float[] _window = new float[framing.Window];
    private int _filled = framing.Padding;
    private long _taken; // samples that are in windows, from the start of the stream

    /// <summary>How the stream is cut into windows.</summary>
    public AudioFraming Framing { get; } = framing;

    /// <summary>Takes samples, and runs the model over each window that they complete.</summary>
    /// <param name="samples">One channel, from −1 to 1, at <see cref="AudioFraming.SampleRate"/>.</param>
    /// <returns>One answer for each completed window, often none.</returns>
    public IReadOnlyList<AudioResult<TResult>> Push(ReadOnlySpan<float> samples)
    {
        var results = new List<AudioResult<TResult>>();
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _window.Length - _filled);
            samples[..count].CopyTo(_window.AsSpan(_filled));
            samples = samples[count..];
            Advance(count, results);
        }

        return results;
    }

    /// <summary>Takes samples of 16 bits, as WAV files and microphones give them.</summary>
    /// <param name="samples">One channel, at <see cref="AudioFraming.SampleRate"/>.</param>
    /// <returns>One answer for each completed window, often none.</returns>
    public IReadOnlyList<AudioResult<TResult>> Push(ReadOnlySpan<short> samples)
    {
        var results = new List<AudioResult<TResult>>();
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _window.Length - _filled);
            for (var index = 0; index < count; index++)
                _window[_filled + index] = samples[index] / 32768f;
            samples = samples[count..];
            Advance(count, results);
        }

        return results;
    }

    /// <summary>Ends the stream: runs the model over what is left, with zeros after it. The stream starts anew.</summary>
    /// <returns>The last answer, or none where nothing was left.</returns>
    public IReadOnlyList<AudioResult<TResult>> Finish()
    {
        var rest = _filled - (_taken == 0 ? Framing.Padding : Framing.Window - Framing.Hop);
        var results = new List<AudioResult<TResult>>();
        if (rest > 0)
        {
            _window.AsSpan(_filled).Clear();
            results.Add(new(Framing.TimeOf(_taken), Framing.TimeOf(_taken + rest), step(_window)));
        }

        Reset();
        return results;
    }

    /// <summary>Forgets the stream: the next sample is the first of another one.</summary>
    public void Reset()
    {
        Array.Clear(_window);
        _filled = Framing.Padding;
        _taken = 0;
        forget?.Invoke();
    }

    private void Advance(int count, List<AudioResult<TResult>> results)
    {
        _filled += count;
        if (_filled < _window.Length)
            return;

        var fresh = _taken == 0 ? _window.Length - Framing.Padding : Framing.Hop;
        try
        {
            results.Add(new(Framing.TimeOf(_taken), Framing.TimeOf(_taken + fresh), step(_window)));
        }
        finally
        {
            // A failed run loses its window, and the stream goes on behind it.
            _taken += fresh;
            _window.AsSpan(Framing.Hop).CopyTo(_window);
            _filled = _window.Length - Framing.Hop;
        }
    }
}
