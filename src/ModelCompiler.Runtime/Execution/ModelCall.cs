using System.Globalization;
using Microsoft.ML.OnnxRuntime;

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
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly CallInputs _inputs;
    private readonly CallOutputs _outputs;
    private bool _rented;

    internal ModelCall(ModelSession session)
    {
        _session = session;
        _model = session.Definition;
        _binding = session.InferenceSession.CreateIoBinding();
        _inputs = new CallInputs(_model.Inputs, _binding);
        _outputs = new CallOutputs(_model.Outputs, _binding);
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

        return _inputs.Fixed<T>(index);
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
        if (!spec.Accepts(shape))
            throw new ArgumentException($"The input {spec} does not accept values of the shape [{TensorShape.Text(shape)}].", nameof(shape));
        if (values.Length != TensorShape.Length(shape))
            throw new ArgumentException(WrongLength(spec, shape, values.Length), nameof(values));

        values.CopyTo(_inputs.Shaped<T>(index, shape));
    }

    /// <summary>Sets the one value of a scalar input.</summary>
    /// <typeparam name="T">The input's element type.</typeparam>
    /// <param name="index">The input's number in the model's definition.</param>
    /// <param name="value">The value.</param>
    public void SetInput<T>(int index, T value)
        where T : unmanaged =>
        SetInput(index, new ReadOnlySpan<T>(in value));

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
        plan.Fill(image, spec.FixedLength is null ? _inputs.Shaped<float>(index, shape) : Input<float>(index));
        return plan.Geometry;
    }

    /// <summary>Runs the model.</summary>
    /// <param name="cancellationToken">Ends the run at the next node of the graph.</param>
    /// <exception cref="InvalidOperationException">An input was not set.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        if (_inputs.Missing is { } missing)
            throw new InvalidOperationException($"The input {missing} was not set.");

        cancellationToken.ThrowIfCancellationRequested();
        if (_session.RebindsInputs)
            _inputs.Rebind();
        _outputs.Rebind();
        if (cancellationToken.CanBeCanceled)
            RunCancelable(cancellationToken);
        else
            _session.InferenceSession.RunWithBinding(_options, _binding);
    }

    /// <summary>The values of an output, valid until the next run or the end of the call.</summary>
    /// <typeparam name="T">The output's element type.</typeparam>
    /// <param name="index">The output's number in the model's definition.</param>
    public ReadOnlySpan<T> Output<T>(int index)
        where T : unmanaged
    {
        Checked<T>(_model.Outputs[index], "output");
        return _outputs.Values<T>(index);
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
        new(Output<T>(index).ToArray(), _outputs.Shape(index));

    /// <summary>Gives the buffers back to the session.</summary>
    public void Dispose()
    {
        if (!_rented)
            return;

        _rented = false;
        _outputs.Release();
        _inputs.Forget();
        _session.Return(this);
    }

    internal ModelCall Rented()
    {
        _rented = true;
        return this;
    }

    /// <summary>Frees what the call holds; the session does that when it has no use for the call any more.</summary>
    internal void Free()
    {
        _binding.Dispose();
        _options.Dispose();
        _inputs.Dispose();
        _outputs.Dispose();
    }

    private void RunCancelable(CancellationToken cancellationToken)
    {
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options))
                _session.InferenceSession.RunWithBinding(_options, _binding);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _options.Terminate = false;
        }
    }

    private static TensorSpec Checked<T>(TensorSpec spec, string kind)
        where T : unmanaged =>
        spec.ElementType == TensorSpec.ElementTypeOf<T>()
            ? spec
            : throw new InvalidOperationException($"The {kind} {spec} cannot be read or written as {typeof(T).Name}.");

    private static string WrongLength(TensorSpec spec, ReadOnlySpan<long> shape, int given) => string.Create(CultureInfo.InvariantCulture,
        $"The input {spec} takes {TensorShape.Length(shape)} values for the shape [{TensorShape.Text(shape)}], but {given} were given.");
}
