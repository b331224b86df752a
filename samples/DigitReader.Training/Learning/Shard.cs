using DigitReader.Training.Drawing;
using DigitReader.Training.Network;

namespace DigitReader.Training.Learning;

/// <summary>One part of every batch: a replica of the network and the samples it learns from.</summary>
internal sealed class Shard(DigitNetwork network, TrainingOptions options)
{
    private readonly Batch _images = new(1, options.ShardSize, DigitPainter.Side, DigitPainter.Side);
    private readonly int[] _labels = new int[options.ShardSize];

    public DigitNetwork Network => network;

    /// <summary>The loss of the last call of <see cref="Learn"/>.</summary>
    public SoftmaxLoss Loss { get; } = new(options.LabelSmoothing);

    /// <summary>Paints samples number <paramref name="first"/> and on, and leaves their gradients in the replica's parameters.</summary>
    public void Learn(long first)
    {
        for (var i = 0; i < _labels.Length; i++)
        {
            var random = RandomSource.ForSample(options.Seed, first + i);
            _labels[i] = random.Index(10);
            DigitPainter.Paint(_labels[i], random, _images.Map(0, i));
        }

        network.Backward(Loss.Evaluate(network.Forward(_images), _labels));
    }
}
