using Microsoft.CodeAnalysis;
using ModelCompiler.Contract;
using ModelCompiler.Generator.Emit;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator;

/// <summary>Writes one class for each model manifest among the compiler's additional files, and what an app says of the models of its libraries and of the files that it carries.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelClassGenerator : IIncrementalGenerator
{
    /// <summary>Names of the steps, for tests that look at what ran again.</summary>
    internal const string ManifestsStep = "Manifests";

    internal const string RepeatedStep = "RepeatedNames";

    internal const string AppStep = "App";

    internal const string SourcesStep = "Sources";

    internal const string LibrariesStep = "LibraryModels";

    internal const string AndroidStep = "AndroidAssets";

    internal const string CarriedStep = "CarriedModels";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var manifests = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(ManifestWriter.FileExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, token) => ManifestResult.Read(file.Path, file.GetText(token)?.ToString() ?? ""))
            .WithTrackingName(ManifestsStep);

        var repeated = manifests
            .Select(static (manifest, _) => manifest.HintName)
            .Collect()
            .Select(static (names, _) => new EquatableArray<string>(names.OfType<string>().GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1).Select(group => group.Key).OrderBy(name => name, StringComparer.Ordinal)))
            .WithTrackingName(RepeatedStep);

        var app = context.MetadataReferencesProvider
            .Select(static (reference, _) => TargetApp.KnownAssembly(reference))
            .Where(static assembly => assembly is not null)
            .Collect()
            .Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => TargetApp.Of(pair.Left!, pair.Right))
            .WithTrackingName(AppStep);

        var sources = manifests
            .Combine(repeated)
            .Combine(app)
            .Select(static (pair, _) => Source(pair.Left.Left, pair.Left.Right, pair.Right))
            .WithTrackingName(SourcesStep);

        var libraries = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(LibraryModelsFile.FileExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, token) => Libraries(file.Path, file.GetText(token)?.ToString() ?? ""))
            .WithTrackingName(LibrariesStep);

        var carried = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(CarriedModelsFile.FileExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, token) => Carried(file.Path, file.GetText(token)?.ToString() ?? ""))
            .WithTrackingName(CarriedStep);

        var android = manifests
            .Select(static (_, _) => true)
            .Collect()
            .Combine(app)
            .Select(static (pair, _) => pair.Left.Length > 0 && pair.Right.IsAndroid)
            .WithTrackingName(AndroidStep);

        context.RegisterSourceOutput(sources, static (output, source) => Add(output, source));
        context.RegisterSourceOutput(libraries, static (output, source) => Add(output, source));
        context.RegisterSourceOutput(android, static (output, isAndroid) =>
        {
            if (isAndroid)
                output.AddSource($"{AndroidAssetsEmitter.ClassName}.g.cs", AndroidAssetsEmitter.Source);
        });
        context.RegisterSourceOutput(carried, static (output, source) => Add(output, source));
    }

    private static SourceFile Source(ManifestResult result, EquatableArray<string> repeated, TargetApp app)
    {
        if (result.Manifest is not { } manifest)
            return new SourceFile(null, null, result.Error);
        if (repeated.Contains(result.HintName!, StringComparer.OrdinalIgnoreCase))
            return new SourceFile(null, null, DiagnosticRules.ClassRepeated.Create(null, $"{manifest.Namespace}.{manifest.ClassName}"));
        if (ReservedNames.Contains(manifest.ClassName))
            return new SourceFile(null, null, DiagnosticRules.ClassNameReserved.Create(null, manifest.ClassName));

        var model = ClassModelBuilder.Build(manifest) with { App = app };
        return new SourceFile(result.HintName, ClassEmitter.Emit(model), Notice(model));
    }

    /// <summary>Says why a class lacks the method that its task lets one expect.</summary>
    private static ModelDiagnostic? Notice(ClassModel model)
    {
        (DiagnosticRule Rule, string? Reason)[] lacking =
        [
            (DiagnosticRules.ClassifyUnavailable, LackingMethods.Classify(model)),
            (DiagnosticRules.DetectUnavailable, LackingMethods.Detect(model)),
            (DiagnosticRules.EmbedUnavailable, LackingMethods.Embed(model)),
            (DiagnosticRules.SegmentUnavailable, LackingMethods.Segment(model)),
            (DiagnosticRules.PredictUnavailable, LackingMethods.Predict(model)),
        ];
        return lacking.Where(method => method.Reason is not null).Select(method => method.Rule.Create(null, model.Name, method.Reason!)).FirstOrDefault();
    }

    private static SourceFile Libraries(string path, string text) =>
        OfApp(LibraryModelsEmitter.ClassName, () => LibraryModelsFile.Read(text, path) is { Models.Count: > 0 } models ? LibraryModelsEmitter.Emit(models) : null);

    private static SourceFile Carried(string path, string text) =>
        OfApp(CarriedModelsEmitter.ClassName, () => CarriedModelsFile.Read(text, path) is { Count: > 0 } files ? CarriedModelsEmitter.Emit(files) : null);

    /// <summary>A file that an app has once, where there is something to say in it.</summary>
    private static SourceFile OfApp(string className, Func<string?> emit)
    {
        try
        {
            return emit() is { } text ? new SourceFile($"{className}.g.cs", text, null) : new SourceFile(null, null, null);
        }
        catch (DiagnosticException error)
        {
            return new SourceFile(null, null, error.Diagnostic);
        }
    }

    private static void Add(SourceProductionContext output, SourceFile source)
    {
        if (source.Diagnostic is { } diagnostic)
            output.ReportDiagnostic(Diagnostics.ToRoslyn(diagnostic));
        if (source.Text is { } text)
            output.AddSource(source.HintName!, text);
    }
}
