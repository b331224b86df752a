using System.Numerics.Tensors;
using ModelCompiler.Contract;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>The greatest magnitude of a value over all samples; NaN or infinite where the value was.</summary>
internal sealed class GreatestMagnitude : IStoredObserver
{
    /// <summary>0 where nothing was observed.</summary>
    public float Result { get; private set; }

    public string Kind => "greatest magnitude";

    public void Save(BinaryWriter writer) => writer.Write(Result);

    public void Load(BinaryReader reader) => Result = reader.ReadSingle();

    public void Observe(Tensor sample)
    {
        if (sample.Type == ElementType.Float32 && sample.Count > 0 && !float.IsNaN(Result))
            Result = Math.Max(Result, MathF.Abs(TensorPrimitives.MaxMagnitude(sample.Span<float>())));
    }
}
