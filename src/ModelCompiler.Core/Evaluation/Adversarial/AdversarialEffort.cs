namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>How long a build can search, by what runs cost and not by what the clock says.</summary>
/// <param name="Samples">That are changed.</param>
/// <param name="Queries">For each sample and model.</param>
internal sealed record AdversarialEffort(int Samples, int Queries)
{
    /// <summary>Multiply-accumulates of both models together: about 4 seconds on two slow cores.</summary>
    private const double Most = 1.5e11;

    private const int MostSamples = 16;

    private const int FewestSamples = 8;

    private const int MostQueries = 100;

    /// <summary>A search that ends sooner finds hardly anything.</summary>
    private const int FewestQueries = 25;

    /// <summary>As many samples as there can be, with queries enough for each; null where the model is too large for it.</summary>
    /// <param name="macs">Of one run of the original.</param>
    public static AdversarialEffort? Of(long macs)
    {
        for (var samples = MostSamples; samples >= FewestSamples; samples--)
        {
            var queries = macs == 0 ? MostQueries : (int)Math.Min(MostQueries, (Most / (2.0 * macs * samples)) - 1);
            if (queries >= FewestQueries)
                return new(samples, queries);
        }

        return null;
    }
}
