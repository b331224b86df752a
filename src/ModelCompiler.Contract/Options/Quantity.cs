using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>Amounts as people write them: <c>0.5%</c>, <c>4MB</c>, <c>12ms</c>.</summary>
public static class Quantity
{
    /// <summary>What <see cref="Fraction"/> takes, for messages.</summary>
    public const string FractionForm = "a share from 0 to 1, such as 0.5% or 0.005";

    /// <summary>What <see cref="Bytes"/> takes, for messages.</summary>
    public const string BytesForm = "a size such as 4MB, 4MiB, 900kB or 4000000";

    /// <summary>What <see cref="Duration"/> takes, for messages.</summary>
    public const string DurationForm = "a time such as 12ms, 800us, 1.5s or 3min";

    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1), ("", 1),
    ];

    private static readonly (string Unit, double Factor)[] Durations =
    [
        ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("min", 60), ("s", 1), ("h", 3600),
    ];

    private static readonly (string Unit, double Factor)[] Shares = [("%", 0.01), ("", 1)];

    /// <summary><c>0.5%</c> or <c>0.005</c> as 0.005; null when it is neither or outside 0 to 1.</summary>
    public static double? Fraction(string text) => Parse(text, Shares) is { } share and <= 1 ? share : null;

    /// <summary>A number of bytes; kB, MB, GB are powers of 1000 and KiB, MiB, GiB of 1024. Null when it is not understood.</summary>
    public static long? Bytes(string text) => Parse(text, Sizes) is { } bytes and < 9e18 ? (long)Math.Round(bytes) : null;

    /// <summary>A time, always with its unit. Null when it is not understood.</summary>
    public static TimeSpan? Duration(string text) =>
        Parse(text, Durations) is { } seconds and < 1e9 ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : null;

    private static double? Parse(string text, (string Unit, double Factor)[] units)
    {
        var trimmed = text.Trim();
        foreach (var (unit, factor) in units)
        {
            if (!trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                continue;
            var number = trimmed.Substring(0, trimmed.Length - unit.Length).TrimEnd();
            if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return amount * factor;
        }
        return null;
    }
}
