using System.Globalization;

namespace ModelCompiler.Compilation;

/// <summary>Amounts in messages.</summary>
internal static class Text
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    /// <summary>A difference of two shares.</summary>
    public static string Points(double difference) => string.Create(CultureInfo.InvariantCulture, $"{difference * 100:0.##} points");

    /// <summary>An amount in a unit that only the project knows.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes < 100_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.##} MB");

    public static string Microseconds(double time) => time < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{time:0.#} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{time / 1000:0.##} ms");
}
