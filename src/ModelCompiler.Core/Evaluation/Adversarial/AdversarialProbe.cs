using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>Searches for changes of samples that change a model's answers, with the same moves for each model that is compared.</summary>
/// <param name="input">The input that is changed: float32.</param>
/// <param name="samples">Not empty, all of one shape.</param>
/// <param name="queries">For each sample and model.</param>
internal sealed class AdversarialProbe(ManifestInput input, IReadOnlyList<Sample> samples, int queries)
{
    /// <summary>For each sample the model's answer, and the query that changed it; null where none did.</summary>
    public IReadOnlyList<(int Answer, int? Query)> Flips(OrtModel model, IProgress<int> progress)
    {
        var search = Search(model);
        var flips = new List<(int, int?)>();
        foreach (var (i, sample) in samples.Index())
        {
            progress.Report(i);
            flips.Add(search.Run(sample, i, queries));
        }

        return flips;
    }

    private RandomSearch Search(OrtModel model)
    {
        var values = samples.Select(sample => sample.Inputs[input.Value.Name]).ToArray();
        if (input.Image is not { } image || values[0].Rank < 3 || ImagePlanes.Of(image.Layout, values[0].Dims) is var planes && planes.Count != values[0].Count)
            return new RandomSearch(model, input.Value.Name, PerturbationLimits.OfRange(values), new SubsetMoves());
        return new RandomSearch(model, input.Value.Name, PerturbationLimits.OfImage(image, planes), new SquareMoves(planes));
    }
}
