using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The memory of a call's inputs and outputs, and its binding to the engine that runs it.</summary>
internal sealed class CallBuffers : IDisposable
{
    private readonly ModelDefinition _model;
    private OrtIoBinding? _binding;
    private RunWatch? _watch;

    public CallBuffers(ModelDefinition model)
        : this(model, new CallInputs(model.Inputs))
    {
    }

    private CallBuffers(ModelDefinition model, CallInputs inputs)
    {
        _model = model;
        Inputs = inputs;
        Outputs = new CallOutputs(model.Outputs);
    }

    public RunOptions Options { get; } = new();

    public CallInputs Inputs { get; }

    public CallOutputs Outputs { get; }

    /// <summary>The engine that they are bound to.</summary>
    public Engine? Engine { get; private set; }

    /// <summary>Binds what changed since the last run.</summary>
    public void BindTo(Engine engine)
    {
        if (Engine == engine)
        {
            if (engine.CopiesWhenBound)
                Inputs.Rebind();
        }
        else
        {
            var old = _binding;
            _binding = engine.Session.CreateIoBinding();
            Inputs.BindTo(_binding);
            Outputs.BindTo(_binding);
            old?.Dispose();
            Engine = engine;
        }

        Outputs.Rebind();
    }

    /// <summary>Runs the engine on the caller's thread.</summary>
    public void Run() => Engine!.Run(Options, _binding!);

    /// <summary>Runs the engine on a thread that can be left behind.</summary>
    /// <returns>False where it did not end in time: the thread has the buffers now and frees them, should it ever come back.</returns>
    /// <exception cref="TimeoutException">It ended, but only because it was told to.</exception>
    public bool RunWithin(TimeSpan limit)
    {
        _watch ??= new RunWatch(this);
        return _watch.Run(limit);
    }

    /// <summary>Other memory with the same inputs.</summary>
    public CallBuffers Copy() => new(_model, Inputs.Copy());

    public void Dispose()
    {
        _watch?.Dispose();
        _binding?.Dispose();
        Options.Dispose();
        Inputs.Dispose();
        Outputs.Dispose();
    }
}
