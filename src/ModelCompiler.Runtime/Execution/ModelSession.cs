using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A loaded model. Generated classes wrap it in typed methods; it can also be used by itself.</summary>
/// <remarks>Thread-safe: any number of threads may rent calls and run them at the same time.</remarks>
public sealed class ModelSession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<ModelCall> _idle = new();
    private readonly SemaphoreSlim _workers;
    private int _active;
    private bool _disposed;

    private ModelSession(ModelDefinition definition, EngineLadder engines, LoadOptions options)
    {
        Definition = definition;
        Engines = engines;
        ProviderTimeLimit = options.ProviderTimeLimit;
        _workers = new(options.MaxConcurrentRuns);
    }

    /// <summary>What the model's class was generated for.</summary>
    public ModelDefinition Definition { get; }

    /// <summary>What was loaded and what it runs on, as of now: a provider that fails in a run gives way to the next.</summary>
    public ExecutionReport Report => Engines.Report();

    /// <summary>The session itself, for whatever this class does not offer: the one that runs now. It is disposed with this object.</summary>
    public InferenceSession InferenceSession => Engines.Current.Session;

    internal EngineLadder Engines { get; }

    internal TimeSpan ProviderTimeLimit { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="definition">What is expected of the model.</param>
    /// <param name="source">Where its bytes are.</param>
    /// <param name="options">How it is loaded and run; null for the defaults.</param>
    /// <param name="configure">Changes the options of the session after the profile has set them; called once for each attempt.</param>
    /// <exception cref="ModelLoadException">The asset is absent, cannot be loaded, or is another model.</exception>
    public static ModelSession Load(ModelDefinition definition, ModelSource source, LoadOptions? options = null, Action<SessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(source);
        return Load(definition, source, options ?? new LoadOptions(), configure ?? (static _ => { }), SessionBackend.OnnxRuntime);
    }

    internal static ModelSession Load(ModelDefinition definition, ModelSource source, LoadOptions options, Action<SessionOptions> configure, SessionBackend backend)
    {
        var measured = ModelTelemetry.StartLoad(definition);
        try
        {
            var chain = new EngineChain(definition, EngineChoices.For(definition, source, options), configure, backend);
            var session = new ModelSession(definition, new EngineLadder(definition.Name, chain, options.ProviderSkipped), options);
            measured.Succeeded(session.Engines.Current);
            return session;
        }
        catch (Exception error)
        {
            measured.Failed(engine: null, error);
            throw;
        }
    }

    /// <summary>Buffers for one run. Dispose the call to give them back.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ModelCall Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _active++;
            if (_idle.TryPop(out var idle))
                return idle.Rented();
        }

        return CreateCall().Rented();
    }

    /// <summary>The memory of a new stream of data, for a recurrent model; empty for every other.</summary>
    public ModelState CreateState() => new(Definition);

    /// <summary>Runs the model once over zeros, so that the first real run is as fast as the others: some execution providers compile the model in their first run.</summary>
    /// <exception cref="InvalidOperationException">More than the first axis of an input is open.</exception>
    public void WarmUp()
    {
        using var call = Rent();
        for (var index = 0; index < Definition.Inputs.Count; index++)
        {
            if (Definition.States.All(state => state.Input != index))
                call.SetZeros(index);
        }

        call.SetState(CreateState());
        call.Run();
    }

    /// <summary>Runs work over this model on a worker thread; as many at a time as the machine has processors, the others wait.</summary>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="work">Rents a call, runs it with the token it is given, and reads the outputs.</param>
    /// <param name="cancellationToken">Cancels the waiting and the run.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, TResult> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using (ModelTelemetry.Waiting(Definition))
            await _workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _workers.Release();
        }
    }

    /// <summary>Runs the model over values of any kind: strings, sequences and maps too.</summary>
    /// <param name="inputs">One value for each input of the definition, in its order.</param>
    /// <param name="cancellationToken">Ends the run at the next node of the graph.</param>
    /// <returns>One value for each output of the definition, in its order; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">There are more or fewer values than inputs.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyList<OrtValue> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Enter();
        try
        {
            return RawRun.Invoke(this, inputs, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees the model. Calls that are running end first: the last of them frees the session.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;

            _disposed = true;
            while (_idle.TryPop(out var call))
                call.Free();
            FreeWhenIdle();
        }
    }

    internal void Return(ModelCall call)
    {
        lock (_lock)
        {
            _active--;
            if (!_disposed && _idle.Count < Environment.ProcessorCount)
            {
                _idle.Push(call);
                return;
            }

            call.Free();
            FreeWhenIdle();
        }
    }

    /// <summary>While work is entered, disposing waits for its end to free the session.</summary>
    private void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _active++;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _active--;
            FreeWhenIdle();
        }
    }

    private ModelCall CreateCall()
    {
        try
        {
            return new ModelCall(this);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    private void FreeWhenIdle()
    {
        if (_disposed && _active == 0)
            Engines.Dispose();
    }
}
