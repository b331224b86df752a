using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>A model that ONNX Runtime has loaded and can run, with tensors in and tensors out. Safe to run from several threads.</summary>
/// <example>
/// <code>
/// using var running = OrtModel.Load("model.onnx", ExecutionOptions.Optimized);
/// var outputs = running.Run(new Dictionary&lt;string, Tensor&gt; { ["x"] = Tensor.Of([1f, 2f], 1, 2) });
/// </code>
/// </example>
public sealed class OrtModel : IDisposable
{
    private const long MaxBytesInMemory = 1 << 30;

    private readonly InferenceSession _session;
    private readonly string? _file;

    private OrtModel(InferenceSession session, string? file)
    {
        _session = session;
        _file = file;
        Inputs = [.. session.InputNames.Select(name => OrtSignature.Of(name, session.InputMetadata[name]))];
        Outputs = [.. session.OutputNames.Select(name => OrtSignature.Of(name, session.OutputMetadata[name]))];
        ReadableOutputs = [.. Outputs.Where(output => output.Kind == ValueKind.Tensor && OrtTensors.CanExchange(output.ElementType)).Select(output => output.Name)];
    }

    /// <summary>The inputs that must be given. ONNX Runtime does not tell a scalar from an unknown rank: both have no shape here.</summary>
    public IReadOnlyList<ValueSignature> Inputs { get; }

    /// <summary>The outputs, in the graph's order.</summary>
    public IReadOnlyList<ValueSignature> Outputs { get; }

    /// <summary>The names of the outputs that <see cref="Run(IReadOnlyDictionary{string, Tensor}, IReadOnlyCollection{string})"/> can hand over: tensors whose elements can be read.</summary>
    public IReadOnlyList<string> ReadableOutputs { get; }

    /// <summary>
    /// Loads a model as it is in memory: through a block of bytes, or through a temporary file where the weights are over 1 GB.
    /// </summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static OrtModel Load(Model model, ExecutionOptions? options = null)
    {
        if (ModelTensors.AllBytes(model) <= MaxBytesInMemory)
            return Load(OnnxWriter.ToBytes(model), options);
        using var folder = new TemporaryFolder();
        return Load(OnnxWriter.Write(model, folder.File("model.onnx"))[0], options);
    }

    /// <summary>Loads a model file; external data is found beside it.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static OrtModel Load(string path, ExecutionOptions? options = null) =>
        Open(path, session => new InferenceSession(path, session), options);

    /// <summary>Loads a model from the bytes of a file without external data.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the model.</exception>
    public static OrtModel Load(byte[] bytes, ExecutionOptions? options = null) =>
        Open(null, session => new InferenceSession(bytes, session), options);

    /// <summary>Runs the model for all its outputs.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the inputs or fails on the way, or an output is no tensor.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => Run(inputs, _session.OutputNames);

    /// <summary>Runs the model for some of its outputs.</summary>
    /// <exception cref="DiagnosticException">MC1010, as for all outputs.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyCollection<string> outputs)
    {
        var results = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        Visit(inputs, outputs, results.Add);
        return results;
    }

    /// <summary>
    /// Runs the model and hands over one output after the other: what the visitor does not keep is free before the next is copied.
    /// </summary>
    /// <exception cref="DiagnosticException">MC1010, as for <see cref="Run(IReadOnlyDictionary{string, Tensor})"/>.</exception>
    public void Visit(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyCollection<string> outputs, Action<string, Tensor> visit)
    {
        using var given = new OrtInputs(_file, inputs);
        using var options = new RunOptions();
        using var values = OrtFailure.Guard(_file, () => _session.Run(options, given.Names, given.Values, outputs));
        foreach (var (name, value) in outputs.Zip(values))
        {
            var tensor = OrtFailure.Guard(_file, () => OrtTensors.FromOrt(value, name));
            value.Dispose();
            visit(name, tensor);
        }
    }

    /// <summary>Runs the model and leaves its outputs where they lie: they are not copied, and valid until what comes back is disposed.</summary>
    /// <exception cref="DiagnosticException">MC1010, as for <see cref="Run(IReadOnlyDictionary{string, Tensor})"/>.</exception>
    internal ObservedRun Look(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyCollection<string> outputs)
    {
        using var given = new OrtInputs(_file, inputs);
        using var options = new RunOptions();
        var values = OrtFailure.Guard(_file, () => _session.Run(options, given.Names, given.Values, outputs));
        try
        {
            return new([.. outputs.Zip(values, (name, value) => KeyValuePair.Create(name, OrtFailure.Guard(_file, () => OrtTensors.ViewOf(value, name))))], values);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    /// <summary>Binds inputs once, to run them many times: for measuring time without the cost of handing data over.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses the inputs.</exception>
    public BoundRun Bind(IReadOnlyDictionary<string, Tensor> inputs) => new(_session, _file, inputs);

    /// <summary>Binds memory for inputs and outputs, which the caller fills and reads between runs.</summary>
    /// <exception cref="DiagnosticException">MC1010: ONNX Runtime refuses it.</exception>
    internal PlacedRun Place(IReadOnlyDictionary<string, OrtBuffer> inputs, IReadOnlyDictionary<string, OrtBuffer> outputs) => new(_session, _file, inputs, outputs);

    public void Dispose() => _session.Dispose();

    internal static OrtModel Open(string? file, Func<SessionOptions, InferenceSession> open, ExecutionOptions? options)
    {
        var session = OrtFailure.Guard(file, () => OrtSessions.Open(open, options ?? ExecutionOptions.Optimized));
        try
        {
            return new OrtModel(session, file);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
