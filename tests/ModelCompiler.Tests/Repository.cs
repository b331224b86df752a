using System.Reflection;

namespace ModelCompiler.Tests;

/// <summary>Where the sources are that this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Of the package that decodes images.</summary>
    public static string ExtensionsVersion { get; } = Metadata("ExtensionsVersion");

    /// <summary>The digit reader's model: small, real, and part of the repository.</summary>
    public static string DigitModels { get; } = Path.Combine(Root, "samples", "DigitReader", "Models");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
