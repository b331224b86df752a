using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace CompileBench;

/// <summary>A model that is pruned in several ways, and the data to do it with and to judge it by.</summary>
internal sealed class PruningSubject : IDisposable
{
    private const long MostBytes = 512L << 20;

    private readonly OrtModel _original;
    private readonly KeptDataSet _evaluation;
    private readonly DetectionReader? _detections;
    private readonly DataModel _signature;
    private readonly OutputDistortion _heldOut;

    public PruningSubject(BenchCase row, DataFolder data)
    {
        Path = row.ModelIn(data);
        _original = OrtModel.Load(Path);
        _signature = DataModel.Of(ModelDescriber.Describe(Path, SignatureReader.Read(Path), row.Options, _ => { }));
        _evaluation = new KeptDataSet(DataSet.Open(row.Evaluation!(data), _signature), MostBytes);
        var samples = PruningSamples.Of(new KeptDataSet(DataSet.Open(row.Calibration!(data), _signature), MostBytes), 2000, areTypical: true);
        Samples = samples with { All = samples.Fit, AllCount = samples.FitCount };
        _detections = DetectorFinder.Find(Path, _signature, _original, _evaluation, _ => { });
        Model = OnnxReader.Read(Path);
        Pipelines.RunSimplify(Model, new PassContext());
        _heldOut = new OutputDistortion(Model, Samples.HeldOut);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Simplified.</summary>
    public Model Model { get; }

    /// <summary>What is shipped is fitted to all samples in the end; here the held-out ones stay unseen, so that they can judge.</summary>
    public PruningSamples Samples { get; }

    /// <summary>What is left of the accuracy, how far the outputs of held-out samples move, and the time it takes beside the original.</summary>
    public PruningVerdict Judge(Model pruned)
    {
        using var running = OrtModel.Load(pruned);
        var accuracy = SideBySide.Run(_original, running, _evaluation.Samples(), OutputMetrics.For(_signature, _detections, _evaluation)).Accuracy!;
        var noise = _heldOut.Of(pruned);
        var inputs = _evaluation.Samples(1).First().Inputs;
        using var first = _original.Bind(inputs);
        using var second = running.Bind(inputs);
        return new(accuracy, noise, _heldOut.WithClassesOf(pruned) - noise, 1 / Latency.Compare([first, second])[1].RatioToFirst);
    }

    public void Dispose()
    {
        _original.Dispose();
        Model.Dispose();
    }
}

/// <summary>What is to be said of a pruned model.</summary>
/// <param name="Accuracy">On the evaluation data.</param>
/// <param name="Noise">Noise power ÷ signal power of the outputs, on held-out calibration samples.</param>
/// <param name="Divergence">Of class probabilities, on the same; 0 where the model has no classes.</param>
/// <param name="Time">Of the original's.</param>
internal sealed record PruningVerdict(Accuracy Accuracy, double Noise, double Divergence, double Time)
{
    public double NoiseDb => -10 * Math.Log10(Noise);
}
