using System.Text;
using ModelCompiler.Training;

namespace ModelCompiler.Tests.Training;

/// <summary>Keeps the last state in memory.</summary>
internal sealed class MemoryCheckpoints : ICheckpoints
{
    private byte[]? _kept;

    /// <summary>States that were kept.</summary>
    public int Saved { get; private set; }

    public bool TryLoad(Action<BinaryReader> load)
    {
        if (_kept is null)
            return false;
        using var reader = new BinaryReader(new MemoryStream(_kept));
        load(reader);
        return true;
    }

    public void Save(Action<BinaryWriter> save, bool isLast)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
            save(writer);
        _kept = memory.ToArray();
        Saved++;
    }
}
