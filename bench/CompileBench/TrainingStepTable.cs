using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Training;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Steps;

namespace CompileBench;

/// <summary>
/// What training a sample takes (teacher, student, gradients, optimizer) beside what the optimized model takes for its answer, with all processors for both, in turn.
/// </summary>
internal static class TrainingStepTable
{
    private const int Rounds = 3;

    public static void Print(IEnumerable<BenchCase> rows, DataFolder data)
    {
        Console.WriteLine("| model | samples of a run | forward, a sample | training, a sample | ratio | memory of the process, peak |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var row in rows)
            Print(row, data);
    }

    private static void Print(BenchCase row, DataFolder data)
    {
        var path = row.ModelIn(data);
        var signature = DataModel.Of(ModelDescriber.Describe(path, SignatureReader.Read(path), row.Options, _ => { }));
        var set = new KeptDataSet(DataSet.Open(row.Calibration!(data), signature), 512L << 20);
        using var model = OnnxReader.Read(path);
        Pipelines.RunSimplify(model, new PassContext());
        var samples = Math.Min(2000, set.Count);
        var part = PartSize.Of([.. set.Samples(16)], model);
        var inputs = Batches.Join([.. set.Samples(part)]);
        using var fitting = FittedModel.Of(model, inputs);
        using var running = OrtModel.Load(fitting, ExecutionOptions.Optimized with { Threads = 0 });
        using var forward = running.Bind(inputs);
        var (answering, training) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < samples; i += part)
                forward.Run();
            var answered = Stopwatch.GetElapsedTime(begun).TotalMilliseconds / samples;
            var epoch = EpochOf(model, set, samples, signature.Inputs);
            if (round == 0)
                continue; // memory is not there yet
            answering.Add(answered);
            training.Add(epoch);
        }

        var (one, step) = (Median(answering), Median(training));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(path)} | {part} | {one:0.00} ms | {step:0.00} ms | {step / one:0.0}× | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB |"));
    }

    /// <summary>Milliseconds a sample that is learnt from, with the judging of those that are held out, from the end of the first epoch to that of the second.</summary>
    private static double EpochOf(Model model, DataSet set, int samples, IReadOnlyList<ManifestInput> inputs)
    {
        var ends = new List<long>();
        var task = new DistillationTask { Student = model, Teacher = model, Samples = new FirstSamples(set, samples), Inputs = inputs, Time = TimeSpan.FromHours(1) };
        try
        {
            Distillation.Train(task, new NoCheckpoints(), _ =>
            {
                ends.Add(Stopwatch.GetTimestamp());
                if (ends.Count == 2)
                    throw new OperationCanceledException();
            });
        }
        catch (OperationCanceledException)
        {
            // Two epochs are enough.
        }

        return Stopwatch.GetElapsedTime(ends[0], ends[1]).TotalMilliseconds / Distillation.SamplesOf(task.Samples).Learn.Length;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class FirstSamples(DataSet source, int count) : DataSet
    {
        public override string Path => source.Path;

        public override int Count => count;

        public override bool IsLabelled => false;

        public override bool HasBoxes => false;

        protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => source.Read(places);
    }
}
