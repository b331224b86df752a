using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Emit;

/// <summary>A profile as the expression that creates it.</summary>
internal static class ProfileEmitter
{
    public static string Created(ManifestProfile profile)
    {
        var arguments = string.Join(", ", new[] { profile.Name }.Concat(profile.RuntimeIdentifiers).Select(SourceText.Literal));
        var created = $"new global::ModelCompiler.ModelProfile({arguments})";
        var settings = SourceText.Lines(
        [
            profile.ProcessorFeatures.Count == 0 ? null : $"ProcessorFeatures = new[] {{ {string.Join(", ", profile.ProcessorFeatures.Select(SourceText.Literal))} }},",
            Initializers.Array("Providers", "ExecutionProvider", profile.Providers.Select(Provider)),
            Initializers.Dictionary("SessionSettings", profile.SessionSettings),
        ]);
        return settings.Length == 0 ? created : $$"""
            {{created}}
            {
            {{SourceText.Indent(settings, 1)}}
            }
            """;
    }

    private static string Provider(ManifestProvider provider)
    {
        var created = $"new global::ModelCompiler.ExecutionProvider({SourceText.Literal(provider.Name)})";
        return Initializers.Dictionary("Options", provider.Options) is not { } options ? created : $$"""
            {{created}}
            {
            {{SourceText.Indent(options, 1)}}
            }
            """;
    }
}
