namespace ModelCompiler.Training;

/// <summary>Where a training leaves what it has done, so that one that was interrupted can go on.</summary>
internal interface ICheckpoints
{
    /// <summary>Reads what an earlier training of the very same kind left.</summary>
    /// <param name="load">Reads it; may throw where it is cut off.</param>
    /// <returns>False where there is nothing, or nothing that can be read; what was read half is to be overwritten then.</returns>
    bool TryLoad(Action<BinaryReader> load);

    /// <summary>Keeps the state in place of the one before.</summary>
    /// <param name="save">Writes it.</param>
    /// <param name="isLast">True at the end of the training; before, a state may be left out where one was kept just now.</param>
    void Save(Action<BinaryWriter> save, bool isLast);
}

/// <summary>Nowhere: an interrupted training begins anew.</summary>
internal sealed class NoCheckpoints : ICheckpoints
{
    public bool TryLoad(Action<BinaryReader> load) => false;

    public void Save(Action<BinaryWriter> save, bool isLast)
    {
        // Nothing is kept.
    }
}
