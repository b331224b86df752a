using System.Numerics.Tensors;
using ModelCompiler.Calibration;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Training.Augmentation;
using ModelCompiler.Training.Networks;
using ModelCompiler.Training.Optimizers;
using ModelCompiler.Training.Steps;

namespace ModelCompiler.Training;

/// <summary>
/// Trains a student until it answers like its teacher: the rate warms up and goes down along a cosine, and of all epochs the weights are kept that answer held-out samples
/// best, which may be those of the start.
/// </summary>
internal sealed class Trainer : IDisposable
{
    /// <summary>Rounding stays written as it is: what is trained is what it does to the outputs.</summary>
    private static readonly ExecutionOptions Execution = new() { Settings = ExecutionOptions.Optimized.Settings.Add("session.disable_quant_qdq", "1") };

    /// <summary>A student whose loss has so many times grown has left the way to its teacher: its rate is too high.</summary>
    private const double Lost = 2;

    private const double SmallerRate = 0.3;

    private const int MostRestarts = 4;

    private readonly TrainingRecipe _recipe;
    private readonly TrainingSamples _samples;
    private readonly IReadOnlyDictionary<string, ImageForm> _images;
    private readonly int _part;
    private readonly Weights _weights;
    private readonly OrtModel[] _models;
    private readonly Lanes _learning;
    private readonly Lanes _judging;
    private readonly GradientClip _clip;
    private TrainingState _state = new();

    /// <param name="network">The student.</param>
    /// <param name="teacher">The model that it copies.</param>
    /// <param name="recipe">How.</param>
    /// <param name="samples">What both are shown.</param>
    /// <param name="part">Samples that one run of the network takes, for their sizes.</param>
    /// <param name="images">The inputs that are images.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010: ONNX Runtime refuses a model.</exception>
    public Trainer(TrainingNetwork network, Model teacher, TrainingRecipe recipe, TrainingSamples samples, IReadOnlyList<Sample> part, IReadOnlyDictionary<string, ImageForm> images)
    {
        (_recipe, _samples, _images, _part) = (recipe, samples, images, part.Count);
        _weights = new Weights(network.Parameters, recipe);
        using var judge = network.ForLossOnly();
        var inputs = Batches.Join(part);
        using var fitted = FittedModel.Of(teacher, inputs);
        _models = [TeacherModel.Load(fitted, network.Terms.Select(term => term.Term.Teacher)), OrtModel.Load(network.Model, Execution), OrtModel.Load(judge, Execution)];
        _learning = LanesOf(_models[1]);
        _judging = LanesOf(_models[2]);
        _clip = new GradientClip(recipe.MostNorm);

        Lanes LanesOf(OrtModel student) => new([.. Enumerable.Range(0, Lanes.Count).Select(_ => new Lane(_models[0], student, network, _weights, inputs))], _part);
    }

    /// <summary>The weights that were kept, by parameter.</summary>
    public float[][] Best => _state.Best;

    /// <summary>Trains to the end.</summary>
    /// <param name="clock">Tells when the time is over, and how much is left.</param>
    /// <param name="checkpoints">Where an earlier training that was interrupted may be, and where this one leaves what it has done.</param>
    /// <param name="report">Told after every epoch.</param>
    /// <exception cref="Contract.DiagnosticException">MC1010: a run failed; MC0011: samples differ in shape; and what the data set throws.</exception>
    public TrainingOutcome Run(TrainingClock clock, ICheckpoints checkpoints, Action<TrainingProgress> report)
    {
        var parts = (Math.Min(_recipe.Batch, _samples.Learn.Length) + _part - 1) / _part;
        var order = new BatchOrder(_samples.Learn.Length, parts * _part, _recipe.Seed);
        if (!checkpoints.TryLoad(Load))
            Begin();
        for (var first = _state.Epoch; _state.Epoch < _state.Epochs;)
        {
            var steps = order.BatchesOfEpoch * (_state.Epochs - _state.First);
            var rate = new LearningRate(_recipe.Rate * Math.Pow(SmallerRate, _state.Restarts), (int)(_recipe.Warmup * steps), steps);
            var loss = 0.0;
            foreach (var batch in order.Epoch(_state.Epoch))
            {
                loss += Step(batch, rate);
                if (!double.IsFinite(loss))
                    return OutcomeOf(TrainingEnd.LossNotFinite);
                if (clock.IsOver)
                    return OutcomeOf(TrainingEnd.TimeIsOver);
            }

            _state.EndEpoch(Judge(), _weights.Copy);
            if (IsLost())
                Restart();
            var done = _state.Epoch - first;
            _state.Epochs = Math.Min(_recipe.Epochs, first + clock.Fitting(done)); // more again, where one epoch was slow by chance
            report(new(_state.Epoch, _state.Epochs, loss / order.BatchesOfEpoch, _state.Losses[^1], _state.StartLoss, clock.Remaining(done, _state.Epochs - _state.Epoch)));
            checkpoints.Save(Save, isLast: _state.Epoch == _state.Epochs);
        }

        return OutcomeOf(_state.Epochs < _recipe.Epochs ? TrainingEnd.Shortened : TrainingEnd.Finished);
    }

    public void Dispose()
    {
        _learning.Dispose();
        _judging.Dispose();
        foreach (var model in _models)
            model.Dispose();
        _weights.Dispose();
    }

    private void Begin()
    {
        _weights.Reset();
        _clip.UsualNorm = 0;
        _state = TrainingState.At(Judge(), _weights.Copy(), _recipe.Epochs);
    }

    /// <summary>Looked at while most epochs are still to come: later the falling rate brings it back.</summary>
    private bool IsLost() => _state.Restarts < MostRestarts && _state.Losses[^1] > Lost * _state.StartLoss && _state.Epoch - _state.First <= Math.Max(1, (_state.Epochs - _state.First) / 4);

    private void Restart()
    {
        _weights.Reset();
        _clip.UsualNorm = 0;
        _state.Restart();
    }

    private double Step(int[] batch, LearningRate rate)
    {
        int[] places = [.. batch.Select(i => _samples.Learn[i])];
        var loss = _learning.Run(_samples.Read(places), Augment);
        var gradients = _learning.Gradients;
        var parts = places.Length / _part;
        var scale = _clip.ScaleOf(GradientClip.NormOf(gradients) / parts) / parts;
        foreach (var gradient in gradients)
            TensorPrimitives.Multiply(gradient, scale, gradient);
        var at = rate.At(_state.Step++);
        if (double.IsFinite(loss))
            _weights.Step(gradients, at, _state.Step);
        return loss;

        void Augment(Lane lane, int first) => Batches.Augment(
            lane.Inputs, _images, _recipe.Augmentations, [.. Enumerable.Range(first, _part).Select(i => Chance.Of(_recipe.Seed, _state.Epoch, places[i], i))]);
    }

    /// <summary>The loss of held-out samples; of a set that is no multiple of a part, the first few count twice.</summary>
    private double Judge()
    {
        var places = _samples.HeldOut;
        var parts = (places.Length + _part - 1) / _part;
        var sum = 0.0;
        foreach (var group in Enumerable.Range(0, parts).Chunk(Lanes.Count))
        {
            int[] judged = [.. Enumerable.Range(group[0] * _part, group.Length * _part).Select(i => places[i % places.Length])];
            sum += group.Length * _judging.Run(_samples.Read(judged), (_, _) => { });
        }

        return sum / parts;
    }

    private TrainingOutcome OutcomeOf(TrainingEnd end) => new([.. _state.Losses], _state.BestEpoch, end);

    private void Save(BinaryWriter to)
    {
        _state.Save(to);
        to.Write(_clip.UsualNorm);
        _weights.Save(to);
    }

    private void Load(BinaryReader from)
    {
        _state = TrainingState.Load(from, _weights.Copy());
        _clip.UsualNorm = from.ReadDouble();
        _weights.Load(from);
    }
}
