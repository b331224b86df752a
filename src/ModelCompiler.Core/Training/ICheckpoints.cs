namespace ModelCompiler.Training;

/// <summary>Where a training leaves what it has done, so that one that was interrupted can go on.</summary>
internal interface ICheckpoints
{
    /// <summary>Reads what an earlier training of the very same kind left.</summary>
    /// <param name="load">Reads it; may throw where it is cut off.</param>
    /// <returns>False where there is nothing, or nothing that can be read; what was read half is to be overwritten then.</returns>
    bool TryLoad(Action<BinaryReader> load);

    /// <summary>Keeps the state in place of the last one. May do nothing where that was just before.</summary>
    void Save(Action<BinaryWriter> save);
}

/// <summary>Nowhere: an interrupted training begins anew.</summary>
internal sealed class NoCheckpoints : ICheckpoints
{
    public bool TryLoad(Action<BinaryReader> load) => false;

    public void Save(Action<BinaryWriter> save)
    {
        // Nothing is kept.
    }
}
