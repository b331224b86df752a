using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Tests;

/// <summary>The example of each page about a task compiles: its program, with the class that its item and its sidecar give of such a model.</summary>
public sealed class PageExampleTests : IDisposable
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    // What ImplicitUsings gives a console app.
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private readonly string _folder = Directory.CreateTempSubdirectory("page").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("classification", "Shelf", "data_0: 1,3,224,224", "softmaxout_1: 1,3", "great white shark", "tench", "goldfish")]
    [InlineData("detection", "Street", "images: 1,3,416,416", "output: 1,3549,85")]
    [InlineData("segmentation", "Scene", "input: batch,3,height,width", "out: batch,2,height,width; aux: batch,2,height,width", "background", "person")]
    [InlineData("embedding", "Album", "data: 1,3,112,112", "fc1: 1,512")]
    [InlineData("regression", "Market", "float_input: batch,4", "variable: batch,1")]
    [InlineData("sound", "Caller", "input: batch,sequence; sr: int64; state: 2,batch,128", "output: batch,1; stateN: 2,batch,128")]
    [InlineData("run", "Search", "input_ids: int64 batch,sequence; token_type_ids: int64 batch,sequence", "last_hidden_state: batch,sequence,384")]
    public void Compiles(string page, string project, string inputs, string outputs, params string[] labels)
    {
        var text = File.ReadAllText(Path.Combine(Repository(), "docs", page + ".md")).ReplaceLineEndings("\n");
        var manifest = Manifest(XElement.Parse(Block(text, "xml")).Descendants("Model").Single(), Block(text, "json"), project, new ModelSignature("net", 8, 17, Values(inputs), Values(outputs), default), labels);
        var driver = CSharpGeneratorDriver.Create([new ModelClassGenerator().AsSourceGenerator()], [ManifestFile.Of(manifest)], Language);
        var program = CSharpCompilation.Create(
            project,
            [Parse(Usings), Parse(Block(text, "csharp"))],
            Generated.References,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        driver.RunGeneratorsAndUpdateCompilation(program, out var whole, out var diagnostics, TestContext.Current.CancellationToken);

        diagnostics.ShouldBeEmpty();
        whole.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
    }

    private ModelManifest Manifest(XElement item, string sidecar, string project, ModelSignature signature, string[] labels)
    {
        var metadata = new ModelMetadata(name => item.Attribute(name)?.Value, Path.Combine(_folder, project + ".csproj"));
        var options = metadata.Read().Over(SidecarReader.Parse(sidecar, null, _folder));
        if (options.Labels is { } file)
            File.WriteAllLines(file, labels);
        return ManifestBuilder.Build(new ModelItem(Path.Combine(_folder, item.Attribute("Include")!.Value), project, options), signature, [Manifests.Linux], static _ => { });
    }

    /// <summary>For example <c>out: batch,21,height,width; ids: int64 1,9; count: int64</c>; without a type they are floats.</summary>
    private static EquatableArray<ValueSignature> Values(string text) => new(text.Split("; ").Select(value => value.Split(": ")).Select(parts => Value(parts[0], parts[1])));

    private static ValueSignature Value(string name, string text)
    {
        const string Integer = "int64";
        var isInteger = text.StartsWith(Integer, StringComparison.Ordinal);
        var axes = (isInteger ? text[Integer.Length..] : text).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return ValueSignature.Tensor(
            name, isInteger ? ElementType.Int64 : ElementType.Float32, [.. axes.Select(axis => long.TryParse(axis, CultureInfo.InvariantCulture, out var size) ? Dimension.Of(size) : Dimension.Named(axis))]);
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Language, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The first block of a language.</summary>
    private static string Block(string page, string language) => page.Split($"```{language}\n")[1].Split("```")[0];

    private static string Repository([CallerFilePath] string testFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(testFile)!, "..", ".."));
}
