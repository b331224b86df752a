using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A few samples with what the model makes of them. They are kept, since they run again and again.</summary>
internal sealed class ReferenceOutputs : IReferenceOutputs
{
    private const int MostSamples = 32;

    /// <summary>Of inputs and outputs together; the first sample is kept however large it is.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>One sample that comes out the same does not make up for others.</summary>
    private const double MostDbOfOne = 60;

    private readonly List<Pair> _pairs = [];
    private readonly IReadOnlySet<string> _probabilities;

    private ReferenceOutputs(Graph graph) => _probabilities = ProbabilityOutputs.Of(graph);

    public static ReferenceOutputs Of(Model model, IEnumerable<Sample> samples)
    {
        var reference = new ReferenceOutputs(model.Graph);
        using var running = OrtModel.Load(model);
        var room = MostBytes;
        foreach (var sample in samples.Take(MostSamples))
        {
            var pair = new Pair(sample.Inputs, running.Run(sample.Inputs, running.ReadableOutputs));
            reference._pairs.Add(pair);
            room -= pair.Bytes;
            if (room < pair.Bytes)
                break;
        }

        return reference;
    }

    public double? SqnrDb(Model form, int samples = int.MaxValue)
    {
        using var running = OrtModel.Load(form);
        var all = new FidelityMeter();
        var eachDb = new List<double>();
        foreach (var (inputs, outputs) in _pairs.Take(samples))
        {
            var actual = running.Run(inputs, running.ReadableOutputs);
            var one = new FidelityMeter();
            one.Add(outputs, actual);
            all.Add(outputs, actual);
            if (one.Result().SqnrThatMatters(_probabilities) is { } db)
                eachDb.Add(Math.Clamp(db, 0, MostDbOfOne));
        }

        return all.Result().SqnrThatMatters(_probabilities) is { } overall ? Math.Min(overall, eachDb.Average()) : null;
    }

    private sealed record Pair(IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Outputs)
    {
        public long Bytes => Inputs.Values.Concat(Outputs.Values).Sum(tensor => tensor.Data.Length);
    }
}
