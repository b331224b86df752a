using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelCompiler;

/// <summary>One run of a model: set the inputs, run, read the outputs, dispose.</summary>
/// <remarks>
/// Belongs to one thread at a time. The buffers behind it are kept by the session and used again, so that a call over fixed shapes
/// allocates nothing.
/// </remarks>
public sealed class ModelCall : IDisposable
{
    private readonly ModelSession _session;
    private readonly ModelDefinition _model;
    private CallBuffers _buffers;
    private bool _rented;

    internal ModelCall(ModelSession session)
    {
        _session = session;
        _model = session.Definition;
        _buffers = new CallBuffers(_model);
    }

    /// <summary>Size of the image as the model sees it, once it is set.</summary>
    internal (int Width, int Height) PreparedSize { get; private set; }

    /// <summary>The memory of an input of fixed shape, to be filled in place.</summary>
    /// <typeparam name="T">The input's element type.</typeparam>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <exception cref="InvalidOperationException">The input's shape is not fixed, or it has another element type.</exception>
    public Span<T> Input<T>(int index)
        where T : unmanaged
    {
        var spec = Checked<T>(_model.Inputs[index], "input");
        if (spec.FixedLength is null)
            throw new InvalidOperationException($"The input {spec} has no fixed shape: set its values together with a shape.");

        return _buffers.Inputs.Fixed<T>(index);
    }

    /// <summary>Copies the values of an input of fixed shape.</summary>
    /// <typeparam name="T">The input's element type.</typeparam>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="values">In row-major order, exactly as many as the shape has.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape has.</exception>
    public void SetInput<T>(int index, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var target = Input<T>(index);
        if (values.Length != target.Length)
            throw new ArgumentException(WrongLength(_model.Inputs[index], _model.Inputs[index].FixedShape, values.Length), nameof(values));

        values.CopyTo(target);
    }

    /// <summary>Copies the values of an input whose shape the caller decides.</summary>
    /// <typeparam name="T">The input's element type.</typeparam>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="values">In row-major order, exactly as many as the shape has.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <exception cref="ArgumentException">The model does not accept the shape, or the values do not fill it.</exception>
    public void SetInput<T>(int index, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var spec = Checked<T>(_model.Inputs[index], "input");
        CheckShape(spec, shape, values.Length);
        values.CopyTo(_buffers.Inputs.Shaped<T>(index, shape));
    }

    /// <summary>Sets the one value of a scalar input.</summary>
    /// <typeparam name="T">The input's element type.</typeparam>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="value">The value.</param>
    public void SetInput<T>(int index, T value)
        where T : unmanaged =>
        SetInput(index, new ReadOnlySpan<T>(in value));

    /// <summary>Copies the strings of an input.</summary>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="values">In row-major order, exactly as many as the shape has; none is null.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <exception cref="ArgumentException">The model does not accept the shape, the strings do not fill it, or one is null.</exception>
    public void SetStrings(int index, ReadOnlySpan<string> values, ReadOnlySpan<long> shape)
    {
        var spec = _model.Inputs[index];
        if (spec.ElementType != TensorElementType.String)
            throw new InvalidOperationException($"The input {spec} takes no strings.");
        CheckShape(spec, shape, values.Length);
        _buffers.Inputs.Set(index, ModelValues.FromStrings(values, shape));
    }

    /// <summary>Sets an input to a value that ONNX Runtime keeps: a sequence or a map.</summary>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="value">The call disposes it.</param>
    public void SetValue(int index, OrtValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_model.Inputs[index].IsTensor)
            throw new InvalidOperationException($"The input {_model.Inputs[index]} is a tensor.");
        _buffers.Inputs.Set(index, value);
    }

    /// <summary>Sets the inputs that a state remembers.</summary>
    /// <param name="state">Of the same model.</param>
    /// <exception cref="ArgumentException">The state is of another model.</exception>
    public void SetState(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Give(_model, _buffers.Inputs);
    }

    /// <summary>Lets a state remember what the run made of it.</summary>
    /// <param name="state">The one that was set.</param>
    public void KeepState(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Take(_buffers.Outputs);
    }

    /// <summary>Sets an input to zeros: one sample where the first axis is open.</summary>
    internal void SetZeros(int index)
    {
        var spec = _model.Inputs[index];
        if (spec.FixedLength is not null)
            _buffers.Inputs.Fixed<byte>(index).Clear();
        else if (spec.OneSample is { } shape)
            _buffers.Inputs.Shaped<byte>(index, shape).Clear();
        else
            throw new InvalidOperationException($"The input {spec} has no fixed shape: run the model over values of your own.");
    }

    /// <summary>Prepares an image straight into an input of one image.</summary>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="image">The image, of any size.</param>
    /// <param name="preprocessing">How it becomes the input.</param>
    /// <returns>Where the image's pixels ended up.</returns>
    /// <exception cref="ArgumentException">The prepared image does not fit the input.</exception>
    public ImageGeometry SetImage(int index, PixelBuffer image, ImagePreprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        var spec = Checked<float>(_model.Inputs[index], "input");
        var plan = preprocessing.Plan(image.Width, image.Height);
        ReadOnlySpan<long> shape = preprocessing.Layout == TensorLayout.Nchw
            ? [1, plan.Channels, plan.Height, plan.Width]
            : [1, plan.Height, plan.Width, plan.Channels];
        if (!spec.Accepts(shape))
            shape = shape[1..]; // some models take a single image without a batch axis
        if (!spec.Accepts(shape))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The input {spec} does not fit an image that is prepared to {plan.Width}×{plan.Height} with {plan.Channels} channels."), nameof(image));
        }

        PreparedSize = (plan.Width, plan.Height);
        plan.Fill(image, spec.FixedLength is null ? _buffers.Inputs.Shaped<float>(index, shape) : Input<float>(index));
        return plan.Geometry;
    }

    /// <summary>Runs the model.</summary>
    /// <remarks>
    /// Where an execution provider other than the CPU fails, hangs, or answers with values that are not finite, the next engine of the profile runs the same inputs, at last the CPU, and
    /// keeps the work if it does better; <see cref="ModelSession.Report"/> tells of it.
    /// </remarks>
    /// <param name="cancellationToken">Ends the run at the next node of the graph.</param>
    /// <exception cref="InvalidOperationException">An input was not set.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed, on the CPU too.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        if (_buffers.Inputs.Missing is { } missing)
            throw new InvalidOperationException($"The input {missing} was not set.");

        cancellationToken.ThrowIfCancellationRequested();
        var measured = ModelTelemetry.StartRun(_model);
        try
        {
            Run(_session.Engines, cancellationToken);
            measured.Succeeded(_buffers.Engine!);
        }
        catch (Exception error)
        {
            measured.Failed(_buffers.Engine, error);
            throw;
        }
    }

    /// <summary>The values of an output, valid until the next run or the end of the call.</summary>
    /// <typeparam name="T">The output's element type.</typeparam>
    /// <param name="index">The output's number in the model's definition.</param>
    public ReadOnlySpan<T> Output<T>(int index)
        where T : unmanaged
    {
        Checked<T>(_model.Outputs[index], "output");
        return _buffers.Outputs.Values<T>(index);
    }

    /// <summary>Copies the values of an output.</summary>
    /// <typeparam name="T">The output's element type.</typeparam>
    /// <param name="index">The output's number in the model's definition.</param>
    /// <param name="destination">Exactly as long as the output.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyOutput<T>(int index, Span<T> destination)
        where T : unmanaged
    {
        var values = Output<T>(index);
        if (values.Length != destination.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The output {_model.Outputs[index]} has {values.Length} values, but the destination has {destination.Length}."), nameof(destination));
        }

        values.CopyTo(destination);
    }

    /// <summary>A copy of an output that outlives the call.</summary>
    /// <typeparam name="T">The output's element type.</typeparam>
    /// <param name="index">The output's number in the model's definition.</param>
    public ModelTensor<T> ReadOutput<T>(int index)
        where T : unmanaged =>
        new(Output<T>(index).ToArray(), _buffers.Outputs.Shape(index));

    /// <summary>Reads an output that ONNX Runtime keeps: strings, a sequence or a map.</summary>
    /// <typeparam name="TResult">What it is read as.</typeparam>
    /// <param name="index">The output's number in the model's definition.</param>
    /// <param name="read">Copies what it needs: the value is gone after the call.</param>
    public TResult ReadValue<TResult>(int index, Func<OrtValue, TResult> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return read(_buffers.Outputs.Result(index));
    }

    /// <summary>Gives the buffers back to the session.</summary>
    public void Dispose()
    {
        if (!_rented)
            return;

        _rented = false;
        _buffers.Outputs.Release();
        _buffers.Inputs.Forget();
        _session.Return(this);
    }

    internal ModelCall Rented()
    {
        _rented = true;
        return this;
    }

    /// <summary>Frees what the call holds; the session does that when it has no use for the call any more.</summary>
    internal void Free() => _buffers.Dispose();

    /// <summary>Runs on the current engine, and on the ones behind it while they fail.</summary>
    private void Run(EngineLadder engines, CancellationToken cancellationToken)
    {
        List<EngineDoubt>? doubts = null;
        var engine = engines.Current;
        while (Attempt(engine, cancellationToken) is { } doubt && engines.After(engine) is { } next)
        {
            (doubts ??= []).Add(doubt);
            engine = next;
        }

        if (doubts is not null)
            engines.Settle(doubts, notFinite: !_buffers.Outputs.AreFinite);
    }

    /// <summary>Null where the engine answered; the CPU's failures are the caller's.</summary>
    private EngineDoubt? Attempt(Engine engine, CancellationToken cancellationToken)
    {
        _buffers.BindTo(engine);
        var limit = _session.ProviderTimeLimit == Timeout.InfiniteTimeSpan ? _session.ProviderTimeLimit : engine.LimitOf(_session.ProviderTimeLimit);
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _buffers.Options))
            {
                if (engine.Accelerators.Count == 0 || limit == Timeout.InfiniteTimeSpan)
                    _buffers.Run();
                else if (!_buffers.RunWithin(limit))
                    return LeaveBehind(engine, limit, cancellationToken);
            }
        }
        catch (Exception error) when (error is OnnxRuntimeException or TimeoutException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TimeoutException)
        {
            return EngineDoubt.NoAnswer(engine, limit);
        }
        catch (OnnxRuntimeException error) when (engine.Accelerators.Count > 0)
        {
            return EngineDoubt.Failed(engine, error);
        }
        finally
        {
            _buffers.Options.Terminate = false;
        }

        return engine.IsSuspectWhenNotFinite && !_buffers.Outputs.AreFinite
            ? new EngineDoubt(engine, "gave values that are not finite where the provider after it did not", NotFinite: true)
            : null;
    }

    private EngineDoubt LeaveBehind(Engine engine, TimeSpan limit, CancellationToken cancellationToken)
    {
        engine.MarkHung();
        _buffers = _buffers.Copy();
        cancellationToken.ThrowIfCancellationRequested();
        return EngineDoubt.NoAnswer(engine, limit);
    }

    private static void CheckShape(TensorSpec spec, ReadOnlySpan<long> shape, int values)
    {
        if (!spec.Accepts(shape))
            throw new ArgumentException($"The input {spec} does not accept values of the shape [{TensorShape.Text(shape)}].", nameof(shape));
        if (values != TensorShape.Length(shape))
            throw new ArgumentException(WrongLength(spec, shape, values), nameof(values));
    }

    private static TensorSpec Checked<T>(TensorSpec spec, string kind)
        where T : unmanaged =>
        spec.ElementType == TensorSpec.ElementTypeOf<T>()
            ? spec
            : throw new InvalidOperationException($"The {kind} {spec} cannot be read or written as {typeof(T).Name}.");

    private static string WrongLength(TensorSpec spec, ReadOnlySpan<long> shape, int given) => string.Create(CultureInfo.InvariantCulture,
        $"The input {spec} takes {TensorShape.Length(shape)} values for the shape [{TensorShape.Text(shape)}], but {given} were given.");
}
