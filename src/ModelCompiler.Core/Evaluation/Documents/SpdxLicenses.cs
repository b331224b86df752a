namespace ModelCompiler.Evaluation.Documents;

/// <summary>The licences that models commonly have, by their ids in the list of SPDX (spdx.org/licenses).</summary>
internal static class SpdxLicenses
{
    private static readonly Dictionary<string, string> Ids = new[]
    {
        "0BSD", "AFL-3.0", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear", "BSL-1.0",
        "CC-BY-2.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0",
        "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0", "ECL-2.0", "EPL-2.0", "EUPL-1.2", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
        "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "MS-PL", "NCSA", "OFL-1.1", "OSL-3.0", "PostgreSQL", "Unlicense", "UPL-1.0", "WTFPL", "Zlib",
    }.ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids for which a model card's front matter has no key of its own.</summary>
    private static readonly HashSet<string> WithoutHubKey = new(StringComparer.Ordinal) { "0BSD", "MIT-0", "UPL-1.0" };

    /// <summary>The id as SPDX spells it; null for a text that is none of them.</summary>
    public static string? IdOf(string license) => Ids.GetValueOrDefault(license.Trim());

    /// <summary>The key in the front matter of a model card: lower case, and the family's for the GPLs; null where there is none.</summary>
    public static string? HubKeyOf(string license) => IdOf(license) is { } id && !WithoutHubKey.Contains(id)
        ? id.Replace("-only", "", StringComparison.Ordinal).Replace("-or-later", "", StringComparison.Ordinal).ToLowerInvariant()
        : null;
}
