using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>What the generator makes of manifests, and what the compiler says to it.</summary>
internal sealed class Generated
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, DocumentationMode.Diagnose);

    // The assemblies of this process: the framework, the runtime library and ONNX Runtime.
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(ModelSession).Assembly.Location)
            .Append(typeof(InferenceSession).Assembly.Location)
            .Distinct(StringComparer.Ordinal)
            .Where(path => Path.GetFileName(path) is var file && !file.StartsWith("ModelCompiler.Generator", StringComparison.Ordinal) && !file.StartsWith("ModelCompiler.Contract", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Of an app without anything but .NET: the extensions are for those who ask for them.</summary>
    private static ImmutableArray<MetadataReference> PlainReferences { get; } =
        [.. References.Where(reference => !Path.GetFileName(reference.Display!).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))];

    private readonly Compilation _compilation;

    private Generated(GeneratorDriverRunResult result, Compilation compilation)
    {
        Result = result;
        _compilation = compilation;
    }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The one source file.</summary>
    public string Source => Result.GeneratedTrees.ShouldHaveSingleItem().GetText(TestContext.Current.CancellationToken).ToString();

    /// <summary>Errors and warnings of the compiler, with every warning on: C# 9, nullable, documentation.</summary>
    public IEnumerable<string> Complaints => _compilation.GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
        .Select(diagnostic => diagnostic.ToString());

    public static Generated From(params ModelManifest[] manifests) => From("", manifests);

    /// <param name="program">Source that uses the generated classes.</param>
    /// <param name="manifests">The models.</param>
    public static Generated From(string program, params ModelManifest[] manifests) => From(program, manifests.Select(ManifestFile.Of));

    public static Generated From(string program, IEnumerable<AdditionalText> files) => From(Driver(files), Compile(program));

    /// <summary>In an app that has dependency injection, logging, options and health checks.</summary>
    public static Generated InHost(string program, params ModelManifest[] manifests) =>
        From(Driver(manifests.Select(ManifestFile.Of)), Compile(program, References));

    /// <summary>In an app that has one more assembly.</summary>
    public static Generated With(MetadataReference more, string program, params ModelManifest[] manifests) =>
        From(Driver(manifests.Select(ManifestFile.Of)), Compile(program, [.. PlainReferences, more]));

    private static Generated From(GeneratorDriver driver, CSharpCompilation compilation)
    {
        var run = driver.RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _, TestContext.Current.CancellationToken);
        return new Generated(run.GetRunResult(), updated);
    }

    public static GeneratorDriver Driver(IEnumerable<AdditionalText> files) => CSharpGeneratorDriver.Create(
        [new ModelClassGenerator().AsSourceGenerator()],
        files,
        Language,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpCompilation Compile(string program) => Compile(program, PlainReferences);

    private static CSharpCompilation Compile(string program, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        "App",
        program.Length == 0 ? [] : [CSharpSyntaxTree.ParseText(program, Language)],
        references,
        new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>The compiled assembly, loaded into this process.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        var emitted = _compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ShouldBeEmpty();
        return Assembly.Load(image.ToArray());
    }
}

/// <summary>A manifest, or another file of the build's, among the compiler's additional files.</summary>
internal sealed class ManifestFile(string path, string text) : AdditionalText
{
    public override string Path { get; } = path;

    public static ManifestFile Of(ModelManifest manifest, int index = 0) => new($"/obj/{index}/{manifest.Name}.modelmanifest", ManifestWriter.Write(manifest));

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
