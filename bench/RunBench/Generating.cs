using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ModelCompiler.Contract;
using ModelCompiler.Generator;

namespace ModelCompiler.Bench;

/// <summary>The generator in a compiler that is warm, as an editor's is.</summary>
internal static class Generating
{
    private const int Models = 50;
    private const int Rounds = 15;

    public static void Measure()
    {
        var compilation = CSharpCompilation.Create("App", [CSharpSyntaxTree.ParseText("class Program { }")]);
        var first = Milliseconds(compilation, 0);
        var times = Enumerable.Range(1, Rounds).Select(round => Milliseconds(compilation, round)).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Writing a class with 1,000 labels: {times[Rounds / 2] / Models:0.00} ms ({times[0] / Models:0.00} to {times[^1] / Models:0.00}, n={Rounds} times {Models} models); {first / Models:0.0} ms in a process that has just started"));
    }

    private static double Milliseconds(CSharpCompilation compilation, int round)
    {
        var files = Enumerable.Range(0, Models).Select(number => (AdditionalText)new Manifest($"/obj/{round}/{number}.modelmanifest", Text(round, number))).ToArray();
        var driver = CSharpGeneratorDriver.Create([new ModelClassGenerator().AsSourceGenerator()], files);
        var begun = Stopwatch.GetTimestamp();
        var result = driver.RunGenerators(compilation).GetRunResult();
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return result.GeneratedTrees.Length == Models ? elapsed : throw new InvalidOperationException("Not every class was written.");
    }

    private static string Text(int round, int number) => ManifestWriter.Write(new ModelManifest(
        $"net{number}", $"Net{number}", "App.Models", Access.Public, ModelTask.Classification,
        new([new ManifestInput(
            ValueSignature.Tensor("data_0", ElementType.Float32, Dimension.Of(1), Dimension.Of(3), Dimension.Of(224), Dimension.Of(224)),
            new ImageInput(ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.ShortSide, 256, 256, 0, false), 224, 1, new([103.94f, 116.78f, 123.68f]), new([1f])))]),
        new([new ManifestOutput(ValueSignature.Tensor("prob", ElementType.Float32, Dimension.Of(1), Dimension.Of(1000)), Contract.OutputKind.Probabilities)]),
        new(Enumerable.Range(0, 1000).Select(label => $"n{label:00000000} class of round {round} number {label}, another name")),
        new([new ManifestProfile("linux-x64", new(["linux-x64"]), default, default)]),
        new ModelProvenance(null, null, null)));

    private sealed class Manifest(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
