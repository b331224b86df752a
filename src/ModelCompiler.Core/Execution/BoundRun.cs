using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Contract;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>One model and its inputs, ready to run again and again. Nothing is copied or allocated between runs on the managed side.</summary>
public sealed class BoundRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string? _file;
    private readonly OrtInputs _inputs;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();

    internal BoundRun(InferenceSession session, string? file, IReadOnlyDictionary<string, Tensor> inputs)
    {
        _session = session;
        _file = file;
        _inputs = new OrtInputs(file, inputs);
        _binding = session.CreateIoBinding();
        try
        {
            Bind();
        }
        catch (OnnxRuntimeException failure)
        {
            Dispose();
            throw OrtFailure.Refusal(file, OrtFailure.Readable(failure.Message));
        }
    }

    /// <summary>Runs the model once; its outputs are overwritten by the next run.</summary>
    /// <exception cref="DiagnosticException">MC1010: the run failed.</exception>
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
        _inputs.Dispose();
        _options.Dispose();
    }

    private void Bind()
    {
        foreach (var (name, value) in _inputs.Names.Zip(_inputs.Values))
            _binding.BindInput(name, value);
        foreach (var output in _session.OutputNames)
            _binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
    }
}
