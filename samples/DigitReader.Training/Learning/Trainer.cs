using System.Numerics.Tensors;
using DigitReader.Training.Drawing;
using DigitReader.Training.Network;

namespace DigitReader.Training.Learning;

/// <summary>
/// Trains a network on drawings that are each used once. Every sample, shard and sum has a fixed place, so the result depends on the
/// options alone and not on how threads were scheduled.
/// </summary>
internal sealed class Trainer
{
    private readonly TrainingOptions _options;
    private readonly Shard[] _shards;
    private readonly AdamOptimizer _optimizer;

    public Trainer(TrainingOptions options)
    {
        _options = options;
        Network = DigitNetwork.Create(RandomSource.ForSample(options.Seed, -1));
        _shards = Enumerable.Range(0, options.Shards).Select(_ => new Shard(Network.Replicate(), options)).ToArray();
        _optimizer = new AdamOptimizer(Network.Parameters, options.WeightDecay);
    }

    /// <summary>The network being trained; its normalization statistics are set when training ends.</summary>
    public DigitNetwork Network { get; }

    /// <summary>Runs all steps on at most <paramref name="threads"/> threads and reports on the way.</summary>
    public void Run(int threads, IProgress<TrainingProgress> progress)
    {
        var meter = new TrainingMeter(_options.Steps, progress);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        for (var step = 0; step < _options.Steps; step++)
        {
            var first = (long)step * _shards.Length * _options.ShardSize;
            Parallel.For(0, _shards.Length, parallel, i => _shards[i].Learn(first + (i * _options.ShardSize)));
            SumGradients();
            _optimizer.Step(LearningRate(step));
            meter.Add(step, _shards.Average(shard => shard.Loss.Loss), _shards.Average(shard => (double)shard.Loss.Correct / _options.ShardSize));
        }

        AverageStatistics();
    }

    /// <summary>Rises over the first 2 % of the steps, then falls along half a cosine to zero.</summary>
    private float LearningRate(int step)
    {
        var warmUp = Math.Max(1, _options.Steps / 50);
        if (step < warmUp)
            return _options.LearningRate * (step + 1) / warmUp;
        var done = (float)(step - warmUp) / (_options.Steps - warmUp);
        return _options.LearningRate * 0.5f * (1f + MathF.Cos(MathF.PI * done));
    }

    private void SumGradients()
    {
        for (var i = 0; i < Network.Parameters.Count; i++)
        {
            var total = Network.Parameters[i].Gradient;
            Array.Clear(total);
            foreach (var shard in _shards)
                TensorPrimitives.MultiplyAdd(shard.Network.Parameters[i].Gradient, 1f / _shards.Length, total, total);
        }
    }

    private void AverageStatistics()
    {
        for (var i = 0; i < Network.Layers.Count; i++)
        {
            if (Network.Layers[i] is not BatchNormalization target)
                continue;
            var sources = _shards.Select(shard => (BatchNormalization)shard.Network.Layers[i]).ToList();
            for (var channel = 0; channel < target.RunningMean.Length; channel++)
            {
                target.RunningMean[channel] = sources.Average(source => source.RunningMean[channel]);
                target.RunningVariance[channel] = sources.Average(source => source.RunningVariance[channel]);
            }
        }
    }
}
