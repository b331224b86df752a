using DigitReader.Training.Drawing;
using DigitReader.Training.Learning;
using DigitReader.Training.Network;

namespace DigitReader.Training.Tests;

public class TrainerTests
{
    [Fact]
    public void TheSameSeedGivesTheSameBitsOnOneThreadOrTwo()
    {
        var options = new TrainingOptions { Steps = 6, ShardSize = 16 };
        var first = Train(options, threads: 1).Parameters;
        var second = Train(options, threads: 2).Parameters;
        for (var i = 0; i < first.Count; i++)
            second[i].Value.ShouldBe(first[i].Value);
    }

    [Fact]
    public void AnotherSeedGivesAnotherNetwork()
    {
        var options = new TrainingOptions { Steps = 1, ShardSize = 8 };
        Train(options, threads: 1).Parameters[0].Value.ShouldNotBe(Train(options with { Seed = 2 }, threads: 1).Parameters[0].Value);
    }

    [Fact]
    public void LearnsToReadDrawnDigits()
    {
        var network = Train(new TrainingOptions { Steps = 140, ShardSize = 24 }, threads: 2);
        var images = new Batch(1, 400, DigitPainter.Side, DigitPainter.Side);
        for (var i = 0; i < images.Samples; i++)
            DigitPainter.Paint(i % 10, RandomSource.ForSample(77, i), images.Map(0, i));

        var scores = network.Infer(images);
        Enumerable.Range(0, images.Samples).Count(i => Best(scores, i) == i % 10).ShouldBeGreaterThan(240, "60 % after seconds of training; guessing gives 10 %");
    }

    private static DigitNetwork Train(TrainingOptions options, int threads)
    {
        var trainer = new Trainer(options);
        trainer.Run(threads, new Progress<TrainingProgress>());
        return trainer.Network;
    }

    private static int Best(Batch scores, int sample) => Enumerable.Range(0, scores.Channels).MaxBy(label => scores.Channel(label)[sample]);
}
