using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>What an input is bound to.</summary>
internal abstract class InputValue : IDisposable
{
    public abstract OrtValue Value { get; }

    /// <summary>The same in memory that another run may use.</summary>
    public abstract InputValue Copy();

    public abstract void Dispose();
}

/// <summary>A value whose memory is ONNX Runtime's: it is made once for a call and read only, so that a copy needs none of its own.</summary>
internal sealed class OwnedValue(OrtValue value) : InputValue
{
    private readonly Owners _shared = new();

    private OwnedValue(OrtValue value, Owners shared)
        : this(value) => _shared = shared;

    public override OrtValue Value => value;

    public override InputValue Copy()
    {
        Interlocked.Increment(ref _shared.Count);
        return new OwnedValue(value, _shared);
    }

    public override void Dispose()
    {
        if (Interlocked.Decrement(ref _shared.Count) == 0)
            value.Dispose();
    }

    private sealed class Owners
    {
        public int Count = 1;
    }
}
