using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>Why a run on an engine gave nothing that can be used. Whether the engine is to blame or the input shows on the next one.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Reason">For the report.</param>
/// <param name="NotFinite">Whether it answered, but with infinity or NaN.</param>
internal sealed record EngineDoubt(Engine Engine, string Reason, bool NotFinite = false)
{
    /// <summary>ONNX Runtime reported an error.</summary>
    public static EngineDoubt Failed(Engine engine, OnnxRuntimeException error) => new(engine, $"failed in a run: {error.Message}");

    /// <summary>It did not answer in time.</summary>
    public static EngineDoubt NoAnswer(Engine engine, TimeSpan limit) => new(engine, string.Create(CultureInfo.InvariantCulture, $"gave no answer within {limit.TotalSeconds:0.###} s"));
}
