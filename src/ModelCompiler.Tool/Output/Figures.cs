using System.Globalization;

namespace ModelCompiler.Tool.Output;

/// <summary>Amounts as people read them, the same in every culture.</summary>
internal static class Figures
{
    private static readonly (double Factor, string Unit)[] Sizes = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];

    private static readonly (double Factor, string Unit)[] Counts = [(1e9, " G"), (1e6, " M"), (1e3, " k")];

    public const string Unknown = "unknown";

    /// <summary><c>13.4 MB</c>.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, Sizes, " ") ?? Text($"{bytes} B");

    /// <summary><c>13.4 → 3.6 MB</c>, both in the unit of the first.</summary>
    public static string BytesChange(long before, long after)
    {
        foreach (var (factor, unit) in Sizes)
        {
            if (before >= factor)
                return Text($"{before / factor:0.0} → {after / factor:0.0} {unit}");
        }

        return Text($"{before} → {after} B");
    }

    /// <summary><c>1.24 M</c>.</summary>
    public static string Count(long? count) => count is { } known ? Scaled(known, Counts, "") ?? Text($"{known}") : Unknown;

    /// <summary><c>1.25 ms</c>.</summary>
    public static string Microseconds(double microseconds) => microseconds >= 1000 ? Text($"{microseconds / 1000:0.00} ms") : Text($"{microseconds:0.0} µs");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string? Scaled(double amount, (double Factor, string Unit)[] units, string space)
    {
        foreach (var (factor, unit) in units)
        {
            if (amount >= factor)
                return Text($"{amount / factor:0.##}{space}{unit}");
        }

        return null;
    }
}
