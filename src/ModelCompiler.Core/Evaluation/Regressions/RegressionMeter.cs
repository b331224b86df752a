using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Regressions;

/// <summary>
/// Mean absolute error (MAE) and root mean square error (RMSE) against given values, and the MAE of the compiled model against the original. The error of a sample is
/// the mean over its values.
/// </summary>
/// <param name="output">The output with what is predicted.</param>
public sealed class RegressionMeter(string output) : IOutputMetric
{
    /// <summary>What an answer that is no number is off by: no mean hides it.</summary>
    private const double NotANumber = 1e30;

    /// <summary>Of the mean value: an original that is closer than this to what is given was asked for it, and any other model looks infinitely worse.</summary>
    private const double Own = 1e-4;

    private readonly PairedMeans _absolute = new();
    private readonly PairedMeans _squared = new();
    private readonly PairedMeans _toOriginal = new();
    private double _size;

    /// <exception cref="Contract.DiagnosticException">MC0011: a sample has other than one value for each that the model predicts.</exception>
    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (!original.TryGetValue(output, out var wanted) || !wanted.Type.IsFloatingPoint() || wanted.Count == 0)
            return;
        var (before, after) = (wanted.ToFloats(), compiled[output].ToFloats());
        if (Array.TrueForAll(before, float.IsFinite))
            _toOriginal.Add(0, MeanError(after, before, Math.Abs));
        if (!sample.Targets.TryGetValue(output, out var target))
            return;
        var values = target.ToFloats();
        if (values.Length != before.Length)
            throw DataSet.DoesNotFit(sample.Name, string.Create(CultureInfo.InvariantCulture, $"it has {values.Length} values for the output '{output}', which has {before.Length}"));
        _absolute.Add(MeanError(before, values, Math.Abs), MeanError(after, values, Math.Abs));
        _squared.Add(MeanError(before, values, Square), MeanError(after, values, Square));
        _size += values.Average(value => Math.Abs((double)value));
    }

    /// <summary>Null without values, and where they are the original's own answers.</summary>
    public Accuracy? Result() => _absolute.Samples == 0 || _absolute.Original <= Own * _size / _absolute.Samples ? null : new RegressionAccuracy(_absolute);

    public IReadOnlyList<Measurement> Beside() => [.. Errors(), .. ToOriginal()];

    private IEnumerable<Measurement> Errors()
    {
        if (_absolute.Samples == 0)
            yield break;
        if (Result() is null)
            yield return Error("MAE", _absolute, of: null) with { PValue = _absolute.RandomizationTest() };
        yield return Error("RMSE", _squared, Math.Sqrt) with { PValue = _squared.RandomizationTest() };
    }

    private IEnumerable<Measurement> ToOriginal()
    {
        if (_toOriginal.Samples > 0)
            yield return Error("MAE to the original", _toOriginal, of: null).ToOriginal();
    }

    private static Measurement Error(string name, PairedMeans errors, Func<double, double>? of) =>
        Measurement.Of(name, MeasureUnit.Target, higherIsBetter: false, errors.Figure(of) with { Least = 0 });

    private static double Square(double error) => error * error;

    private static double MeanError(float[] answers, float[] values, Func<double, double> size)
    {
        var sum = 0.0;
        for (var i = 0; i < answers.Length; i++)
            sum += size(float.IsFinite(answers[i]) ? answers[i] - (double)values[i] : NotANumber);
        return sum / answers.Length;
    }
}
