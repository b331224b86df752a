using System.Globalization;

namespace OnnxRuntimeFeed;

/// <summary>One package that the repository needs, and the npm archive that it can be made from.</summary>
/// <param name="Version">The official version.</param>
/// <param name="Suffix">Ends the version of a package made here, so that it is never mistaken for the official one.</param>
/// <param name="Archive">Name and version in the npm registry, as <c>name@1.2.3</c>.</param>
/// <param name="Sha512">Of the archive, in base64: what was reviewed is what is packed.</param>
/// <param name="Megabytes">Size of the archive, to say what the wait is for.</param>
internal sealed record PackageRequest(string Id, string Version, string Suffix, string Archive, string Sha512, int Megabytes)
{
    /// <summary>How many arguments describe a package.</summary>
    public const int Fields = 5;

    public string PackedVersion => $"{Version}-{Suffix}";

    public string PackageFile => $"{Id}.{PackedVersion}.nupkg";

    public static PackageRequest Parse(string suffix, string[] fields) =>
        new(fields[0], fields[1], suffix, fields[2], fields[3], int.Parse(fields[4], CultureInfo.InvariantCulture));
}
