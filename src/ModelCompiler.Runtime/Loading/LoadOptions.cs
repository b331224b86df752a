namespace ModelCompiler;

/// <summary>How a model is loaded and run, where the defaults do not fit. Read when the model is loaded; what changes later changes nothing.</summary>
public sealed class LoadOptions
{
    /// <summary>The profile to use, by name, instead of the first that fits this device and is there. Null to choose.</summary>
    public string? Profile { get; set; }

    /// <summary>How many runs <c>RunAsync</c> does at a time, at least 1; the others wait. One for each processor where nothing is said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaxConcurrentRuns
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// How long a run on an execution provider other than the CPU may take before the provider counts as hung and the next one of the profile does the work; ten times as long for its
    /// first run, in which some compile the model. A minute where nothing is said; <see cref="Timeout.InfiniteTimeSpan"/> to wait for ever.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or longer than 2 days.</exception>
    public TimeSpan ProviderTimeLimit
    {
        get;
        set
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(2));
            }

            field = value;
        }
    } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a file that the app carries is compared with what the app knows of its content before it is loaded, which reads all of it. An app knows it if it was built with <c>ModelCompilerIntegrity</c>.</summary>
    public bool ChecksIntegrity { get; set; } = true;

    /// <summary>Called when an execution provider is given up, while loading or later, on the thread that found out. Null for nothing.</summary>
    public Action<SkippedProvider>? ProviderSkipped { get; set; }
}
