using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models in the package of an Android app, with a stand-in for Android's own assembly.</summary>
[Collection(nameof(AndroidAssetsTests))]
[CollectionDefinition(nameof(AndroidAssetsTests), DisableParallelization = true)]
public sealed class AndroidAssetsTests
{
    private const string Android = """
        #nullable enable
        namespace Java.IO { public class IOException : System.Exception { } }
        namespace Android.Content { public class Context { public Res.AssetManager? Assets { get; } = new Res.AssetManager(); } }
        namespace Android.App { public static class Application { public static Android.Content.Context Context { get; } = new Android.Content.Context(); } }
        namespace Android.Content.Res
        {
            public class AssetManager
            {
                public static System.Collections.Generic.Dictionary<string, byte[]> Package { get; } = new System.Collections.Generic.Dictionary<string, byte[]>();
                public System.IO.Stream? Open(string path) => Package.TryGetValue(path, out var content) ? new System.IO.MemoryStream(content) : throw new Java.IO.IOException();
            }
        }
        """;

    private static readonly Lazy<MetadataReference> StandIn = new(LoadStandIn);

    [Fact]
    public void AModelIsLoadedFromThePackage()
    {
        var model = new TinyModel().Input("count", TinyModel.Float, "batch", 3).Output("point", TinyModel.Float, "batch", 3).Node("Identity", ["count"], "point").ToBytes();
        var manifest = Manifests.Signals with { Name = "in-the-package", Profiles = new([Manifests.Linux with { Name = "absent", RuntimeIdentifiers = default }, Manifests.Linux with { Name = "present", RuntimeIdentifiers = default }]) };
        const string Program = """
            using App.Models;

            public static class Program
            {
                public static string Answer(byte[] model)
                {
                    Android.Content.Res.AssetManager.Package["models/in-the-package.present.onnx"] = model;
                    using var signals = Signals.Load();
                    return signals.Execution + " " + signals.Embed(new float[] { 0, 1, 0 }).Values.Span[1];
                }
            }
            """;
        try
        {
            Answer(Program, manifest, model).ShouldBe("models/in-the-package.present.onnx (profile present) on CPU 1");
            model[^1] ^= 1;
            ModelIntegrity.Expect("in-the-package.present.onnx", "00");
            Should.Throw<System.Reflection.TargetInvocationException>(() => Answer(Program, manifest, model)).InnerException!.Message.ShouldContain("is not the file that the app was built with");
        }
        finally
        {
            ModelAssets.OpenWith(static _ => null);
        }
    }

    [Fact]
    public void OtherAppsGetNoSuchCode() => Generated.From(Manifests.Signals).Result.GeneratedTrees.ShouldHaveSingleItem();

    private static string Answer(string program, Contract.ModelManifest manifest, byte[] model)
    {
        var generated = Generated.With(StandIn.Value, program, manifest);
        generated.Complaints.Where(complaint => !complaint.Contains("CS1591", StringComparison.Ordinal)).ShouldBeEmpty();
        return (string)generated.Load().GetType("Program")!.GetMethod("Answer")!.Invoke(null, [model])!;
    }

    /// <summary>Compiled, and loaded where the app finds it.</summary>
    private static MetadataReference LoadStandIn()
    {
        var android = CSharpCompilation.Create("Mono.Android", [CSharpSyntaxTree.ParseText(Android)], Generated.References, new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        android.Emit(image).Success.ShouldBeTrue();
        image.Position = 0;
        AssemblyLoadContext.Default.LoadFromStream(image);
        return MetadataReference.CreateFromImage(image.ToArray(), filePath: "Mono.Android.dll");
    }
}
