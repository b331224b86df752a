using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>
/// What each layer does to the outputs of a model when it alone is computed in integers: noise power ÷ signal power of each float output.
/// </summary>
/// <remarks>The noises of layers add up, nearly: they are rounding errors of different numbers.</remarks>
internal sealed class Sensitivity(IReadOnlyDictionary<Layer, double[]> noise)
{
    public double[] Of(Layer layer) => noise[layer];

    /// <summary>Signal to noise in decibels of the output that suffers most.</summary>
    public double SqnrDb(Layer layer) => -10 * Math.Log10(Math.Max(noise[layer].Max(), 1e-20));

    /// <summary>Writes each layer by itself in integers and runs the samples.</summary>
    /// <param name="model">Simplified; left as it is.</param>
    /// <param name="map">All its layers; those that are not measured stay in float.</param>
    /// <param name="layers">To be measured.</param>
    /// <param name="precision">That writes integers.</param>
    /// <param name="inputs">With the activations that were observed.</param>
    /// <param name="samples">A few, with the original's outputs.</param>
    /// <param name="progress">Told the number of layers done.</param>
    public static Sensitivity Measure(
        Model model, LayerMap map, IReadOnlyList<Layer> layers, Precision precision, PrecisionInputs inputs, IReadOnlyList<Sample> samples, IProgress<int> progress)
    {
        var noise = new Dictionary<Layer, double[]>();
        foreach (var layer in layers)
        {
            using var written = model.Clone();
            var others = map.Layers.Where(other => other != layer).ToDictionary(other => other.Name, _ => "", StringComparer.Ordinal);
            precision.Apply(written, inputs with { KeptInFloat = others }, new PassContext());
            using var running = OrtModel.Load(written);
            noise[layer] = Noise(SideBySide.Run(running, samples).Fidelity);
            progress.Report(noise.Count);
        }

        return new Sensitivity(noise);
    }

    private static double[] Noise(Fidelity fidelity) =>
        [.. fidelity.Outputs.Select(output => output.SqnrDb is { } sqnr ? Math.Pow(10, -sqnr / 10) : 0)];
}
