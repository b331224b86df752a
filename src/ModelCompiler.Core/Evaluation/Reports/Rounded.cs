using System.Globalization;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>Figures with the digits that mean something.</summary>
internal static class Rounded
{
    public static double? Decibels(double? value) => value is { } known ? Math.Round(known, 2) : null;

    public static double? Share(double? value) => value is { } known ? Share(known) : null;

    public static double Share(double value) => Math.Round(value, 6);

    public static double? Time(double? value) => value is { } known ? Time(known) : null;

    public static double Time(double value) => Math.Round(value, 1);

    public static double Ratio(double value) => Math.Round(value, 3);

    public static double? Error(double? value) => value is { } known ? Amount(known) : null;

    /// <summary>Four significant digits.</summary>
    public static double Amount(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
