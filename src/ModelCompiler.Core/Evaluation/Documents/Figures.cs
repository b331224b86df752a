using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Amounts as documents write them, the same in every language of the machine.</summary>
internal static class Figures
{
    public const string NotMeasured = "not measured";

    public static string Bytes(long? bytes) => bytes is { } known ? Compilation.Text.Bytes(known) : NotMeasured;

    /// <summary><c>4.23 million</c>: three digits, or all where they are few.</summary>
    public static string Count(long? count) => count switch
    {
        null => "not known",
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Significant(count.Value / 1e9)} billion"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Significant(count.Value / 1e6)} million"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:#,0}"),
    };

    public static string Time(double? microseconds) => microseconds is { } known ? Compilation.Text.Microseconds(known) : NotMeasured;

    public static string Percent(double? share) => share is { } known ? Compilation.Text.Percent(known) : NotMeasured;

    /// <summary>The accuracy of one of the models: a share, or an error.</summary>
    public static string Of(AccuracyFacts accuracy, double? value) => value is { } known && accuracy.IsError == true ? Compilation.Text.Number(known) : Percent(value);

    /// <summary>What accuracy fell by, in points, or what an error grew by.</summary>
    public static string Drop(AccuracyFacts accuracy, double drop) => accuracy.IsError == true ? Percent(drop) : Points(drop);

    /// <summary>A difference of two shares, in points of a percent.</summary>
    public static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} points");

    public static string Decibels(double? value) => value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.##} dB") : NotMeasured;

    public static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Factor(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");

    private static decimal Significant(double value) => decimal.Parse(value.ToString("G3", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary><c>1 sample</c>, <c>500 samples</c>.</summary>
    public static string Samples(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? "sample" : "samples")}");
}
