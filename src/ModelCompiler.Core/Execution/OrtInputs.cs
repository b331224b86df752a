using Microsoft.ML.OnnxRuntime;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>The inputs of a run in ONNX Runtime's memory.</summary>
internal sealed class OrtInputs : IDisposable
{
    private readonly List<OrtValue> _values = [];

    public OrtInputs(string? file, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Names = [.. inputs.Keys];
        try
        {
            foreach (var name in Names)
                _values.Add(OrtFailure.Guard(file, () => OrtTensors.ToOrt(inputs[name])));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyCollection<string> Names { get; }

    public IReadOnlyCollection<OrtValue> Values => _values;

    public void Dispose()
    {
        foreach (var value in _values)
            value.Dispose();
    }
}
