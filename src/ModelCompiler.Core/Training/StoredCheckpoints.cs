using ModelCompiler.Caching;

namespace ModelCompiler.Training;

/// <summary>
/// Checkpoints of one training in a store: after an interruption it goes on at the end of an epoch and ends with the same bytes as if nothing had happened. The last
/// checkpoint is the result, so that the same training is never carried out twice.
/// </summary>
/// <param name="store">Holds them.</param>
/// <param name="key">Of everything that the training follows from.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class StoredCheckpoints(ContentStore store, string key, TimeProvider time) : ICheckpoints
{
    /// <summary>What an interruption may cost; writing them takes a few milliseconds for every megabyte of weights.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long? _last;

    public bool TryLoad(Action<BinaryReader> load)
    {
        using var file = store.Open(key);
        if (file is null)
            return false;
        try
        {
            using var reader = new BinaryReader(file);
            load(reader);
            return true;
        }
        catch (EndOfStreamException)
        {
            return false; // of another form
        }
    }

    public void Save(Action<BinaryWriter> save, bool isLast)
    {
        if (!isLast && _last is { } last && time.GetElapsedTime(last) < Interval)
            return;
        _last = time.GetTimestamp();
        store.Put(key, file =>
        {
            using var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true);
            save(writer);
        });
    }
}
