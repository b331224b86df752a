namespace ModelCompiler.Tests;

/// <summary>A lock beside a model, through the build: accepted, kept, broken by a damaged model, accepted anew.</summary>
public sealed class LockTests(PackageFeed package) : IDisposable
{
    private readonly UserProject _app = new(package);

    public void Dispose() => _app.Dispose();

    [Fact]
    public void ADamagedModelFailsUntilItIsAccepted()
    {
        var photos = Path.Combine(Repository.DigitModels, "calibration");
        _app.With($"""<Model Include="digits.onnx" Precision="int8-weights" Evaluation="{photos}" /><ModelProfile Include="linux-arm64" />""").WithDigitsAndSidecar().Write("Program.cs", "Console.WriteLine();");
        _app.Run("build", "--nologo", "-v:n", "-tl:off", "-p:ModelCompilerAccept=true").ShouldSucceed().Output.ShouldContain("digits → linux-arm64: accepted, digits.model.lock.json is written");

        _app.BuildRestored().ShouldSucceed().Compiled.ShouldBeEmpty("what was accepted is what was compiled");

        _app.Write("digits.onnx", WithoutWeights(File.ReadAllBytes(Path.Combine(_app.Folder, "digits.onnx"))));
        var damaged = _app.BuildRestored();
        damaged.ShouldFailWith("MC3024", "the original's top-1 accuracy is");
        damaged.Warnings.ShouldHaveSingleItem().ShouldContain("warning MC3025: ");
        _app.BuiltModels.ShouldBeEmpty();

        var accepted = _app.BuildRestored("-p:ModelCompilerAccept=true").ShouldSucceed();
        accepted.Output.ShouldContain("taken from the cache", customMessage: "it was compiled when it was refused");
        _app.BuiltModels.ShouldHaveSingleItem();
    }

    /// <summary>The last layer of convolutions made zero: its name is followed by the tag of its raw data, their length in three bytes, and the data.</summary>
    private static byte[] WithoutWeights(byte[] model)
    {
        var name = model.AsSpan().LastIndexOf("conv4.weight"u8);
        model.AsSpan(name + "conv4.weight".Length + 4, 64 * 32 * 3 * 3 * sizeof(float)).Clear();
        return model;
    }
}
