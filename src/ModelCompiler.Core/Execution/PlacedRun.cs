using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Execution;

/// <summary>One model whose inputs and outputs lie in given memory: a run allocates nothing for them, and copies nothing.</summary>
internal sealed class PlacedRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string? _file;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();

    /// <param name="session">The model.</param>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="inputs">Memory of the inputs, by name; the caller's, and needed as long as this.</param>
    /// <param name="outputs">Memory of the outputs that are wanted.</param>
    public PlacedRun(InferenceSession session, string? file, IReadOnlyDictionary<string, OrtBuffer> inputs, IReadOnlyDictionary<string, OrtBuffer> outputs)
    {
        _session = session;
        _file = file;
        _binding = session.CreateIoBinding();
        try
        {
            foreach (var (name, buffer) in inputs)
                _binding.BindInput(name, buffer.Value);
            foreach (var (name, buffer) in outputs)
                _binding.BindOutput(name, buffer.Value);
        }
        catch (OnnxRuntimeException failure)
        {
            Dispose();
            throw OrtFailure.Refusal(file, OrtFailure.Readable(failure.Message));
        }
    }

    /// <summary>Runs the model once. Any thread may, one at a time.</summary>
    /// <exception cref="Contract.DiagnosticException">MC1010: the run failed.</exception>
    public void Run()
    {
        try
        {
            _session.RunWithBinding(_options, _binding);
        }
        catch (OnnxRuntimeException failure)
        {
            throw OrtFailure.Refusal(_file, OrtFailure.Readable(failure.Message));
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
    }
}
