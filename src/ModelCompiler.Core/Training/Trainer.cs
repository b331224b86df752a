using ModelCompiler.Calibration;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Augmentation;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Optimizers;
using ModelCompiler.Training.Steps;

namespace ModelCompiler.Training;

/// <summary>Trains a student until it answers like its teacher.</summary>
internal sealed class Trainer : IDisposable
{
    /// <summary>Parts of a batch that may run at once. Sums of gradients are taken lane by lane, so that this must not depend on the machine.</summary>
    private const int Lanes = 4;

    private static readonly ExecutionOptions OneThread = new() { Settings = ExecutionOptions.Optimized.Settings.Add("session.disable_quant_qdq", "1") };

    private readonly TrainingRecipe _recipe;
    private readonly Weights _weights;
    private readonly OrtModel _teacher;
    private readonly OrtModel _student;
    private readonly OrtModel _judge;
    private readonly Lane[] _lanes;
    private readonly Lane[] _judges;
    private readonly IReadOnlyDictionary<string, ImageForm> _images;
    private readonly GradientClip _clip;
    private readonly int _part;

    public Trainer(TrainingNetwork network, Model teacher, TrainingRecipe recipe, IReadOnlyList<Sample> part, IReadOnlyDictionary<string, ImageForm> images)
    {
        (_recipe, _images, _part) = (recipe, images, part.Count);
        _weights = new Weights(network.Parameters, recipe.Optimizer, parameter => recipe.KeepsZeros && parameter.Start.Rank > 1);
        _teacher = TeacherModel.Load(teacher, network.Terms.Select(term => term.Term.Teacher));
        _student = OrtModel.Load(network.Model, OneThread);
        _judge = OrtModel.Load(network.ForLossOnly(), OneThread);
        var inputs = Batches.Join(part);
        _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new Lane(_teacher, _student, network, _weights, inputs))];
        _judges = [.. Enumerable.Range(0, Lanes).Select(_ => new Lane(_teacher, _judge, network, _weights, inputs))];
        _clip = new GradientClip(recipe.MostNorm);
    }

    public IReadOnlyList<IAugmentation> Augmentations { get; init; } = [new Mirror(), new Shift(0.125)];

    public float[][] Copy() => _weights.Copy();

    public (double Start, double Best, int BestEpoch) Run(DataSet samples, int[] train, int[] heldOut, Action<int, double, double> report)
    {
        var parts = Math.Max(1, (Math.Min(_recipe.Batch, train.Length) + _part - 1) / _part);
        var order = new BatchOrder(train.Length, parts * _part, _recipe.Seed);
        var steps = order.BatchesOfEpoch * _recipe.Epochs;
        var rate = new LearningRate(_recipe.Rate, (int)(_recipe.Warmup * steps), steps);
        var start = Judge(samples, heldOut);
        var (best, bestEpoch, kept) = (start, 0, _weights.Copy());
        var step = 0;
        for (var epoch = 0; epoch < _recipe.Epochs; epoch++)
        {
            var loss = 0.0;
            foreach (var batch in order.Epoch(epoch))
            {
                int[] places = [.. batch.Select(i => train[i]).Order()];
                loss += Step([.. samples.Read(places)], epoch, places, rate.At(step), ++step);
            }

            var held = Judge(samples, heldOut);
            report(epoch + 1, loss / order.BatchesOfEpoch, held);
            if (held < best)
                (best, bestEpoch, kept) = (held, epoch + 1, _weights.Copy());
        }

        _weights.Set(kept);
        return (start, best, bestEpoch);
    }

    private double Step(IReadOnlyList<Sample> batch, int epoch, int[] places, double rate, int step)
    {
        var parts = batch.Count / _part;
        Parallel.For(0, Lanes, lane =>
        {
            _lanes[lane].Clear();
            for (var part = lane; part < parts; part += Lanes)
            {
                var range = Enumerable.Range(part * _part, _part).ToArray();
                Batches.Write([.. range.Select(i => batch[i])], _lanes[lane].Inputs);
                Batches.Augment(_lanes[lane].Inputs, _images, Augmentations, [.. range.Select(i => Chance.Of(_recipe.Seed, epoch, places[i], i))]);
                _lanes[lane].Run();
            }
        });
        var gradients = _lanes[0].Sums;
        foreach (var lane in _lanes.Skip(1))
        {
            for (var i = 0; i < gradients.Length; i++)
                System.Numerics.Tensors.TensorPrimitives.Add(gradients[i], lane.Sums[i], gradients[i]);
        }

        var norm = GradientClip.NormOf(gradients) / parts;
        var scale = _clip.ScaleOf(norm) / parts;
        foreach (var gradient in gradients)
            System.Numerics.Tensors.TensorPrimitives.Multiply(gradient, scale, gradient);
        _weights.Step(gradients, rate, step);
        return _lanes.Sum(lane => lane.Loss) / parts;
    }

    private double Judge(DataSet samples, int[] places)
    {
        var whole = places.Length / _part;
        foreach (var judge in _judges)
            judge.Clear();
        foreach (var group in Enumerable.Range(0, whole).Chunk(Lanes))
        {
            var read = samples.Read([.. places.Skip(group[0] * _part).Take(group.Length * _part)]).ToArray();
            Parallel.For(0, group.Length, i =>
            {
                Batches.Write([.. read.Skip(i * _part).Take(_part)], _judges[i].Inputs);
                _judges[i].Run();
            });
        }

        return _judges.Sum(judge => judge.Loss) / whole;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Concat(_judges))
            lane.Dispose();
        _teacher.Dispose();
        _student.Dispose();
        _judge.Dispose();
        _weights.Dispose();
    }
}
