namespace ModelCompiler.Training;

/// <summary>The time that a training may take.</summary>
/// <param name="budget">From now on.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class TrainingClock(TimeSpan budget, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    public bool IsOver => Elapsed >= budget;

    /// <summary>Time until the end, as it goes.</summary>
    /// <param name="done">Epochs since the clock was started.</param>
    /// <param name="left">Epochs that are left.</param>
    public TimeSpan Remaining(int done, int left)
    {
        var asItGoes = Elapsed * ((double)left / Math.Max(1, done));
        var allowed = budget - Elapsed;
        return asItGoes < allowed ? asItGoes : allowed;
    }

    /// <summary>How many epochs the whole time is enough for, as it goes: with a little left, since the last ones may be slower.</summary>
    /// <param name="done">Epochs since the clock was started, at least one.</param>
    public int Fitting(int done) => (int)Math.Min(int.MaxValue, Math.Max(done, 0.95 * done * (budget / Elapsed)));
}
