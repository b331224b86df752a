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
}
