using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelCompiler.Generator.Model;

/// <summary>What the app around a generated class has, by which the class offers more.</summary>
/// <param name="HasServices">Dependency injection with options and logging.</param>
/// <param name="HasHealthChecks">Health checks.</param>
/// <param name="IsAndroid">.NET for Android.</param>
/// <param name="AllowsRefStructArguments">Whether a ref struct may be a type argument.</param>
internal sealed record TargetApp(bool HasServices, bool HasHealthChecks, bool IsAndroid, bool AllowsRefStructArguments)
{
    private const string Services = "Microsoft.Extensions.DependencyInjection.Abstractions";
    private const string Options = "Microsoft.Extensions.Options";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";
    private const string Android = "Mono.Android";

    /// <summary>An app of nothing but .NET.</summary>
    public static TargetApp Plain { get; } = new(false, false, false, false);

    /// <summary>The assembly's name where it is one that matters; null for all others.</summary>
    public static string? KnownAssembly(MetadataReference reference) =>
        Path.GetFileNameWithoutExtension(reference.Display) is Services or Options or Logging or HealthChecks or Android ? Path.GetFileNameWithoutExtension(reference.Display) : null;

    public static TargetApp Of(IReadOnlyCollection<string> assemblies, ParseOptions language)
    {
        var hasServices = assemblies.Contains(Services, StringComparer.Ordinal) && assemblies.Contains(Options, StringComparer.Ordinal) && assemblies.Contains(Logging, StringComparer.Ordinal);
        return new TargetApp(hasServices, hasServices && assemblies.Contains(HealthChecks, StringComparer.Ordinal), assemblies.Contains(Android, StringComparer.Ordinal), language is CSharpParseOptions { LanguageVersion: >= CSharp13 });
    }

    // Roslyn of the floor does not know the name yet.
    private const LanguageVersion CSharp13 = (LanguageVersion)1300;
}
