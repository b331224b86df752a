using ModelCompiler.Training.Augmentation;
using ModelCompiler.Training.Optimizers;

namespace ModelCompiler.Training;

/// <summary>How a student is trained.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>Passes over all samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of a step at least; a step takes whole parts of as many samples as one run of the network has.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>How far a step goes at most, of a tensor's usual weight.</summary>
    public double Rate { get; init; } = 0.01;

    /// <summary>Share of all steps until the rate is reached.</summary>
    public double Warmup { get; init; } = 0.05;

    /// <summary>Times the usual norm of the gradient.</summary>
    public double MostNorm { get; init; } = 3;

    /// <summary>Changes weights.</summary>
    public IOptimizer Optimizer { get; init; } = new Adam();

    /// <summary>What is done to images, in this order.</summary>
    public IReadOnlyList<IAugmentation> Augmentations { get; init; } = [new Mirror(), new Shift(0.125), new Colour(0.2f)];

    /// <summary>Of the order of samples and of what is done to them.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether weights that are zero stay so.</summary>
    public bool KeepsZeros { get; init; }
}
