using ModelCompiler.Calibration;
using ModelCompiler.Compilation.Distilling;
using ModelCompiler.Compilation.Pruning;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Compilation;

/// <summary>The model as the project gave it, running, with the samples on which every candidate is compared with it.</summary>
internal sealed class OriginalModel : IDisposable
{
    /// <summary>More samples than this no longer move ranges and means; they are spread evenly over the set.</summary>
    public const int CalibrationSamples = 512;

    private const int FewSamples = 16;

    private const int SamplesOfOwnNoise = 8;

    private Fidelity? _ownNoise;
    private string? _calibrationKey;

    private OriginalModel(string path, Model graph, OrtModel running)
    {
        Path = path;
        Graph = graph;
        Running = running;
    }

    public string Path { get; }

    public Model Graph { get; }

    public OrtModel Running { get; }

    /// <summary>What the comparison runs on: evaluation data, else calibration data, else made-up inputs.</summary>
    public required DataSet Samples { get; init; }

    /// <summary>The same with what the original makes of them.</summary>
    public required AnsweredSamples Answered { get; init; }

    /// <summary>Where <see cref="Samples"/> come from, for messages.</summary>
    public required string SampleSource { get; init; }

    /// <summary>False where <see cref="Samples"/> are made up.</summary>
    public required bool AreSamplesTypical { get; init; }

    /// <summary>Inputs that are nothing the model knows, as the project gives them; null where it gives none.</summary>
    public required DataSet? OutOfDistribution { get; init; }

    /// <summary>What calibration sees: the project's data, or made-up inputs for the precisions that are safe with them.</summary>
    public required WatchedSamples CalibrationData { get; init; }

    /// <summary>The set that <see cref="CalibrationData"/> is taken from.</summary>
    public required DataSet CalibrationSet { get; init; }

    /// <summary>Where these and <see cref="Samples"/> come from.</summary>
    public required UsedData Data { get; init; }

    /// <summary>A few of them, spread over the set, for what is tried again and again.</summary>
    public required IEnumerable<Sample> FewCalibrationSamples { get; init; }

    /// <summary>False where <see cref="CalibrationData"/> is made up, or says nothing.</summary>
    public required bool IsCalibrationTypical { get; init; }

    /// <summary>False where the project gave no calibration data, or none that is worth more than made-up inputs.</summary>
    public required bool HasCalibration { get; init; }

    /// <summary>Reads the objects that the model finds; null for a model that finds none.</summary>
    public required DetectionReader? Detections { get; init; }

    /// <summary>What the model is for, and what its outputs mean.</summary>
    public required DataModel Meaning { get; init; }

    /// <summary>The names of the classes, in their order; empty where they are not known.</summary>
    public IReadOnlyList<string> Labels => Meaning.Labels;

    /// <summary>
    /// True where an output is known to hold the scores of classes, by what makes it or by what the project says. A row of numbers may as well be an
    /// embedding, of which the largest element means nothing.
    /// </summary>
    public required bool AnswersWithClasses { get; init; }

    /// <summary>False for a model that answers differently each time, such as one that draws random numbers: nothing can be compared with it.</summary>
    public required bool IsRepeatable { get; init; }

    /// <param name="job">Names the model and its data.</param>
    /// <param name="report">Is given every guess.</param>
    /// <exception cref="DiagnosticException">The model cannot be read (MC1…), ONNX Runtime cannot run it (MC1010), or its data does not fit (MC0…).</exception>
    public static OriginalModel Open(CompileJob job, Action<ModelDiagnostic> report) => Open(job, job.Model, report);

    /// <param name="job">Names the model's description and its data.</param>
    /// <param name="path">The model, which may have other weights than the project's file.</param>
    /// <param name="report">Is given every guess.</param>
    /// <exception cref="DiagnosticException">As for the project's file.</exception>
    public static OriginalModel Open(CompileJob job, string path, Action<ModelDiagnostic> report)
    {
        var description = ModelDescriber.Describe(job.Model, SignatureReader.Read(job.Model), job.Options, report);
        var data = DataModel.Of(description);
        var (given, defect) = OpenCalibration(job, data, report);
        var used = new UsedData(data, UsesCalibration(job), given, ProjectData.Open(job.Options.Compile.Evaluation, data))
        {
            OutOfDistribution = ProjectData.Open(job.Options.Compile.OutOfDistribution, data with { Labels = [], Detections = [] }), // its folders are no classes
        };
        var (calibration, evaluation) = (given?.Set, used.Evaluation?.Set);
        var graph = OnnxReader.Read(path);
        OrtModel? running = null;
        try
        {
            running = OrtModel.Load(path);
            var calibrated = calibration ?? SyntheticDataSet.For(running, data);
            var samples = evaluation ?? calibrated;
            var original = new OriginalModel(path, graph, running)
            {
                Samples = samples,
                AreSamplesTypical = evaluation is not null || calibration is not null,
                Answered = new AnsweredSamples(running, samples),
                SampleSource = evaluation is not null ? "evaluation data" : calibration is not null ? "calibration data" : "synthetic inputs",
                OutOfDistribution = used.OutOfDistribution?.Set,
                CalibrationSet = calibrated,
                Data = used,
                CalibrationData = new WatchedSamples(calibrated.Samples(CalibrationSamples), sample => report(new DataRemarks(job).NotFinite(sample))),
                FewCalibrationSamples = calibration?.Samples(FewSamples) ?? calibrated.Samples(),
                IsCalibrationTypical = calibration is not null && defect is not { IsBlank: true },
                HasCalibration = calibration is not null,
                Detections = DetectorFinder.Find(path, data, running, samples, report),
                Meaning = data,
                AnswersWithClasses = description.Task == ModelTask.Classification || ProbabilityOutputs.Of(graph.Graph).Count > 0,
                IsRepeatable = SideBySide.Run(running, running, samples.Samples(1)).Fidelity.IsExact,
            };
            if (original.IsRepeatable)
                original.Answered.AnswerBeforehand(ProjectData.BytesOfKeptSamples);
            return original;
        }
        catch
        {
            running?.Dispose();
            graph.Dispose();
            throw;
        }
    }

    /// <summary>
    /// How far apart the original's outputs are with and without ONNX Runtime's own rewrites. A model whose outputs are the small rest of large
    /// numbers cannot be expected to repeat itself more closely than that.
    /// </summary>
    public Fidelity OwnNoise()
    {
        if (_ownNoise is null)
        {
            using var asWritten = OrtModel.Load(Path, ExecutionOptions.AsWritten);
            _ownNoise = SideBySide.Run(Running, asWritten, Samples.Samples(SamplesOfOwnNoise)).Fidelity;
        }

        return _ownNoise;
    }

    /// <summary>A few calibration samples, with what the original makes of them.</summary>
    public IReadOnlyList<Sample> WithOutputs(int samples) =>
        [.. CalibrationSet.Samples(samples).Select(sample => sample with { ExpectedOutputs = Running.Run(sample.Inputs, Running.ReadableOutputs) })];

    /// <summary>What a candidate is judged by on <see cref="Samples"/>: by their labels, else by its agreement where the model finds objects.</summary>
    public IOutputMetric NewMetric() => OutputMetrics.For(Meaning, Detections, Samples);

    /// <summary>A class by its index, and by its label where that is known, for messages.</summary>
    public string NameOfClass(int index) => index < Labels.Count ? $"class {index} '{Labels[index]}'" : $"class {index}";

    /// <summary>Identifies <see cref="CalibrationData"/>; null where that cannot be told.</summary>
    public string? CalibrationKey() => _calibrationKey ??= CalibrationSet.KeyOf(CalibrationSamples);

    /// <summary>Cost of the file as it is.</summary>
    public ModelCost Cost() => ModelCost.Of(Graph);

    /// <summary>Cost of one run with inputs of the shapes of <see cref="TypicalShapes"/>.</summary>
    public ModelCost TypicalCost()
    {
        var shapes = TypicalShapes();
        return ModelCost.Of(Graph, Graph.Graph.RequiredInputs.Where(input => shapes.ContainsKey(input.Name)).ToDictionary(input => input, input => shapes[input.Name]));
    }

    /// <summary>One sample, for measuring time.</summary>
    public IReadOnlyDictionary<string, Tensor> TypicalInputs() => Samples.Samples(1).First().Inputs;

    /// <summary>The shapes of that sample, by the input's name.</summary>
    public IReadOnlyDictionary<string, Shape> TypicalShapes() =>
        TypicalInputs().ToDictionary(input => input.Key, input => Shape.Of(input.Value.Dims), StringComparer.Ordinal);

    /// <summary>Whether an input takes more than one shape, so that ONNX Runtime cannot plan its memory beforehand.</summary>
    public bool HasDynamicInputs => Graph.Graph.RequiredInputs.Any(input => input.Type is TensorType { Shape: not { IsFixed: true } });

    /// <summary>Bytes of the model file and its external data.</summary>
    public long Bytes => ModelFiles.Of(Path, Graph).Sum(file => new FileInfo(file).Length);

    public void Dispose()
    {
        Answered.Dispose();
        Running.Dispose();
        Graph.Dispose();
    }

    /// <summary>Data that says nothing is as good as none; a precision that needs data gets it all the same where the project asks for both.</summary>
    private static (ProjectData? Data, CalibrationDefect? Defect) OpenCalibration(CompileJob job, DataModel model, Action<ModelDiagnostic> report)
    {
        if (ProjectData.Open(job.Options.Compile.Calibration, model) is not { } data)
            return (null, null);
        var defect = UsesCalibration(job) ? CalibrationDefect.Of(data.Set) : null;
        if (defect is not null)
            report(new DataRemarks(job).Of(defect));
        return defect is { IsBlank: true } && !PrecisionPlan.Of(job).NeedsCalibration ? (null, defect) : (data, defect);
    }

    private static bool UsesCalibration(CompileJob job) => PrecisionPlan.Of(job).UsesCalibration || PruningWish.Of(job) is not null || DistillationWish.Of(job) is not null;
}
