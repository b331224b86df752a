using System.Text.Json;
using System.Text.Json.Serialization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Memory;

/// <summary>What a process is asked to load and run, so that its memory is that of one model and nothing else.</summary>
/// <param name="Model">Path of the model.</param>
/// <param name="Inputs">The shape of each input; the elements are zeros.</param>
/// <param name="NativePaths">Folders in which ONNX Runtime's native library is looked for, first match first.</param>
public sealed record MemoryRequest(string Model, IReadOnlyList<MemoryInput> Inputs, IReadOnlyList<string> NativePaths)
{
    /// <summary>For inputs like the given ones.</summary>
    public static MemoryRequest Of(string model, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string> nativePaths) =>
        new(model, [.. inputs.Select(input => new MemoryInput(input.Key, input.Value.Type, input.Value.Dims.ToArray()))], nativePaths);

    public string ToJson() => JsonSerializer.Serialize(this, MemoryRequestJson.Default.MemoryRequest);

    /// <exception cref="JsonException">The text is no such request.</exception>
    public static MemoryRequest Parse(string json) => JsonSerializer.Deserialize(json, MemoryRequestJson.Default.MemoryRequest) ?? throw new JsonException("The request is null.");
}

/// <param name="Name">The input.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Dims">Its shape.</param>
public sealed record MemoryInput(string Name, ElementType Type, long[] Dims);

[JsonSerializable(typeof(MemoryRequest))]
internal sealed partial class MemoryRequestJson : JsonSerializerContext;
