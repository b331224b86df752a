using System.Globalization;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Chooses the weights that stay in float16 because of what their integers do to the outputs of the model: as few bytes as reach the target, found by
/// running the model.
/// </summary>
internal sealed class SensitiveLayers
{
    /// <summary>Signal to noise of the outputs: 30 is what counts as the same answer, and other samples may fall a little short of these.</summary>
    private const double TargetDb = 32;

    /// <summary>Samples for measuring one weight alone: enough to rank by.</summary>
    private const int SamplesOfRanking = 4;

    /// <summary>Multiply-accumulates spent on measuring weights one by one, some seconds; beyond, they are ranked by the noise in their own layer.</summary>
    private const long MostMacsOfRanking = 100_000_000_000;

    /// <summary>Weights that are tried as int8 again in the end: the largest, which it is worth for.</summary>
    private const int MostStepsBack = 8;

    private readonly RoundingTrial _trial;
    private readonly IReadOnlyList<RoundedWeight> _candidates;
    private readonly bool _areMeasured;

    private SensitiveLayers(RoundingTrial trial, IReadOnlyList<RoundedWeight> candidates, bool areMeasured)
    {
        _trial = trial;
        _candidates = candidates;
        _areMeasured = areMeasured;
    }

    /// <summary>The weights to store as float16, each with the reason; none without samples, or where float16 would not help.</summary>
    public static IReadOnlyDictionary<RoundedWeight, string> Of(Model model, IReadOnlyList<RoundedWeight> candidates, ICalibration? calibration)
    {
        var none = new Dictionary<RoundedWeight, string>();
        if (calibration is null || candidates.Count == 0)
            return none;
        var trial = new RoundingTrial(model, calibration.OutputsOf(model));
        if (!(trial.SqnrDb(candidates) < TargetDb))
            return none;
        var macs = ModelCost.Of(model).Macs ?? 0;
        var layers = new SensitiveLayers(trial, candidates, macs * candidates.Count * SamplesOfRanking <= MostMacsOfRanking);
        return layers.Choose();
    }

    private Dictionary<RoundedWeight, string> Choose()
    {
        var alone = _candidates.ToDictionary(weight => weight, DbAlone);
        RoundedWeight[] ranked = [.. _candidates.OrderByDescending(weight => NoisePerByte(weight, alone[weight]))];
        var chosen = StepBack([.. ranked.Take(FewestThatReach(ranked))]);
        return chosen.ToDictionary(weight => weight, weight => Reason(alone[weight]));
    }

    /// <summary>How many of the ranked weights have to be float16, by bisection; 0 where not even all of them are enough.</summary>
    private int FewestThatReach(RoundedWeight[] ranked)
    {
        if (!Reaches(ranked.Length))
            return 0;
        var (tooFew, enough) = (0, ranked.Length);
        while (enough - tooFew > 1)
        {
            var middle = (tooFew + enough) / 2;
            if (Reaches(middle))
                enough = middle;
            else
                tooFew = middle;
        }

        return enough;

        bool Reaches(int asFloat16) => this.Reaches([.. ranked.Take(asFloat16)]);
    }

    /// <summary>Takes back what turns out not to be needed beside the others, the largest first.</summary>
    private HashSet<RoundedWeight> StepBack(HashSet<RoundedWeight> chosen)
    {
        foreach (var weight in chosen.OrderByDescending(weight => weight.Weight.Tensor.Count).Take(MostStepsBack).ToArray())
        {
            chosen.Remove(weight);
            if (!Reaches(chosen))
                chosen.Add(weight);
        }

        return chosen;
    }

    private bool Reaches(HashSet<RoundedWeight> asFloat16) => _trial.SqnrDb(_candidates.Where(weight => !asFloat16.Contains(weight)), asFloat16) >= TargetDb;

    private double DbAlone(RoundedWeight weight) =>
        _areMeasured ? _trial.SqnrDb([weight], samples: SamplesOfRanking) ?? double.PositiveInfinity : weight.SqnrDb;

    /// <summary>Noise against signal for each byte that float16 takes more than int8.</summary>
    private static double NoisePerByte(RoundedWeight weight, double db) => Math.Pow(10, -db / 10) / weight.Weight.Tensor.Count;

    private string Reason(double db) => string.Create(
        CultureInfo.InvariantCulture,
        $"its weight is stored as float16: as int8 it alone would leave {(_areMeasured ? "the outputs" : "the output of its layer")} {db:0.0} dB signal to noise");
}
