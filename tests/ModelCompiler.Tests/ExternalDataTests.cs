namespace ModelCompiler.Tests;

/// <summary>Models whose weights lie in a file beside them, as those of more than 2 GB must.</summary>
public sealed class ExternalDataTests(PackageFeed package) : IDisposable
{
    private const string Program = """
        using var large = App.Large.Load();
        var input = new float[App.Large.Dims.YLength];
        input[1] = 2;
        Console.WriteLine(string.Join(' ', large.Run(input).Span[..3].ToArray()));
        """;

    private readonly UserProject _app = new(package);

    private string ModelPath => Path.Combine(_app.Folder, "large.onnx");

    public void Dispose() => _app.Dispose();

    [Fact]
    public void WeightsThatChangeBesideTheModelCompileItAgain()
    {
        LargeModel.WriteBeside(ModelPath, layers: 2, width: 64);
        _app.With("""<Model Include="large.onnx" Precision="fp32" />""").Write("Program.cs", Program);
        _app.Build().ShouldSucceed();
        _app.RunApp().ShouldSucceed().Output.Trim().ShouldBe("0 4 0");
        _app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();

        using (var weights = File.OpenWrite(ModelPath + ".data"))
        {
            weights.Position = 65 * sizeof(float); // the second number of the first diagonal
            weights.Write(BitConverter.GetBytes(10f));
        }

        _app.Build().ShouldSucceed().CompiledModels.ShouldBeTrue();
        _app.RunApp().ShouldSucceed().Output.Trim().ShouldBe("0 40 0");
        File.Delete(ModelPath + ".data");
        _app.Build().ShouldFailWith("MC1004", "large.onnx.data");
    }

    /// <summary>MODELCOMPILER_LARGE_MODELS=1 runs it: it writes 4.4 GB and takes as much memory.</summary>
    [Fact]
    public void MoreThan2GigabytesGoThroughTheBuild()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MODELCOMPILER_LARGE_MODELS") == "1", "it takes 4.4 GB of disk and of memory; MODELCOMPILER_LARGE_MODELS=1 runs it");
        LargeModel.WriteBeside(ModelPath, layers: 22, width: 5000);
        _app.With("""<Model Include="large.onnx" Precision="fp32" />""").Write("Program.cs", Program);

        _app.Build().ShouldSucceed();

        Directory.EnumerateFiles(Path.Combine(_app.Folder, "bin"), "large.*.onnx*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length).ShouldBeGreaterThan(2L << 30);
        _app.RunApp().ShouldSucceed().Output.Trim().ShouldBe($"0 {2 * Enumerable.Range(0, 22).Aggregate(1, (product, layer) => product * (1 + (layer % 3)))} 0");
        _app.Build().ShouldSucceed().CompiledModels.ShouldBeFalse();
    }
}
