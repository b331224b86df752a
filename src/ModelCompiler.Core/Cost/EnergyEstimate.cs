using System.Globalization;
using ModelCompiler.Profiles;

namespace ModelCompiler.Cost;

/// <summary>
/// The energy of one run by what is computed and what is read, each weight once from main memory. The figures of the built-in profiles are those of Horowitz,
/// Computing's Energy Problem, ISSCC 2014 (45 nm): a float32 product and sum 3.7 + 0.9 pJ, of 8-bit integers 0.2 + 0.1 pJ, main memory 1.3 to 2.6 nJ for 8 bytes. Newer
/// devices take less of each, so that the ratio of two models says more than either figure.
/// </summary>
public static class EnergyEstimate
{
    /// <summary>In millijoules; null where the multiply-accumulates are not known.</summary>
    /// <param name="energy">Figures of the device.</param>
    /// <param name="cost">Of the model.</param>
    /// <param name="integerShare">The share of its multiply-accumulates that is done in integers, from 0 to 1.</param>
    public static double? Millijoules(EnergyCosts energy, ModelCost cost, double integerShare) => cost.Macs is { } macs
        ? ((macs * (((1 - integerShare) * energy.PicojoulesPerFloatMac) + (integerShare * energy.PicojoulesPerIntegerMac))) + (cost.WeightBytes * energy.PicojoulesPerByte)) * 1e-9
        : null;

    public static string Formula(EnergyCosts energy) => string.Create(
        CultureInfo.InvariantCulture,
        $"float multiply-accumulates × {energy.PicojoulesPerFloatMac} pJ + integer ones × {energy.PicojoulesPerIntegerMac} pJ + bytes of weights × {energy.PicojoulesPerByte} pJ");
}
