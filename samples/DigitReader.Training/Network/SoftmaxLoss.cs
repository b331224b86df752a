namespace DigitReader.Training.Network;

/// <summary>
/// Softmax and cross entropy, with label smoothing (Szegedy et al. 2016): the target is 1 − ε + ε/n for the label and ε/n elsewhere, so
/// that a network trained on drawings does not become surer than drawings allow.
/// </summary>
internal sealed class SoftmaxLoss(float smoothing)
{
    private Batch? _gradient;

    /// <summary>The batch's mean loss.</summary>
    public float Loss { get; private set; }

    /// <summary>How many samples of the batch have their label's score highest.</summary>
    public int Correct { get; private set; }

    /// <summary>The gradient by the scores ([classes, samples, 1, 1]) of the batch's mean loss.</summary>
    public Batch Evaluate(Batch scores, ReadOnlySpan<int> labels)
    {
        if (_gradient?.Samples != scores.Samples)
            _gradient = scores.EmptyLike();
        (Loss, Correct) = (0f, 0);
        Span<float> probabilities = stackalloc float[scores.Channels];
        for (var sample = 0; sample < scores.Samples; sample++)
        {
            Softmax(scores, sample, probabilities);
            Correct += ArgMax(probabilities) == labels[sample] ? 1 : 0;
            for (var label = 0; label < scores.Channels; label++)
            {
                var target = (smoothing / scores.Channels) + (label == labels[sample] ? 1f - smoothing : 0f);
                Loss -= target * MathF.Log(probabilities[label] + 1e-12f) / scores.Samples;
                _gradient.Channel(label)[sample] = (probabilities[label] - target) / scores.Samples;
            }
        }

        return _gradient;
    }

    /// <summary>The probabilities of one sample's classes.</summary>
    public static void Softmax(Batch scores, int sample, Span<float> probabilities)
    {
        var largest = float.NegativeInfinity;
        for (var label = 0; label < scores.Channels; label++)
            largest = Math.Max(largest, scores.Channel(label)[sample]);
        var sum = 0f;
        for (var label = 0; label < scores.Channels; label++)
            sum += probabilities[label] = MathF.Exp(scores.Channel(label)[sample] - largest);
        for (var label = 0; label < scores.Channels; label++)
            probabilities[label] /= sum;
    }

    private static int ArgMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            best = values[i] > values[best] ? i : best;
        return best;
    }
}
