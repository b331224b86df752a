using System.Security.Cryptography;

namespace ModelCompiler.Tests.Loading;

/// <summary>Model files that are not those that the app was built with.</summary>
public class ModelIntegrityTests
{
    private static readonly byte[] Doubling = new TinyModel().Input("x", TinyModel.Float, 3).Output("y", TinyModel.Float, 3).Node("Add", ["x", "x"], "y").ToBytes();

    [Fact]
    public void TheFileOfTheBuildIsLoaded()
    {
        using var session = Load("whole", Doubling);
        session.Report.Profile.ShouldBe("portable");
    }

    [Fact]
    public void OneBitThatDiffersIsFound()
    {
        for (var position = 0; position < Doubling.Length; position += 7)
        {
            byte[] altered = [.. Doubling];
            altered[position] ^= 0x10;
            Refused("altered", altered).ShouldContain("is not the file that the app was built with: its SHA-256 is");
        }
    }

    [Fact]
    public void WhoDoesNotWantTheCheckGetsTheFileThatIsThere()
    {
        Write("unchecked.portable.onnx", Doubling);
        ModelIntegrity.Expect("unchecked.portable.onnx", "00");
        ModelSession.Load(Definition("unchecked"), ModelSource.Asset, new LoadOptions { ChecksIntegrity = false }).Dispose();
    }

    [Fact]
    public void AFileThatIsCutOffIsFound() => Refused("cut-off", Doubling[..^1]).ShouldContain("It was cut off, damaged or exchanged since; install or build the app again.");

    [Fact]
    public void WeightsBesideTheModelBelongToIt()
    {
        Write("weights.portable.onnx", Doubling);
        var data = Write("weights.portable.onnx.data", [1, 2, 3]);
        ModelIntegrity.Expect("weights.portable.onnx", Sha256(Doubling));
        ModelIntegrity.Expect("weights.portable.onnx.data", Sha256([1, 2, 3]));
        ModelSession.Load(Definition("weights"), ModelSource.Asset).Dispose();

        File.WriteAllBytes(data, [1, 2, 4]);
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("weights"), ModelSource.Asset)).Message.ShouldContain("weights.portable.onnx.data' is not the file");
        File.Delete(data);
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("weights"), ModelSource.Asset)).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void AFileThatTheCallerNamesIsTheCallersOwn()
    {
        ModelIntegrity.Expect("named.onnx", Sha256([]));
        ModelSession.Load(Definition("named"), ModelSource.File(Write("named.onnx", Doubling))).Dispose();
    }

    private static string Refused(string name, byte[] content) => Should.Throw<ModelLoadException>(() => Load(name, content)).Message;

    private static ModelSession Load(string name, byte[] content)
    {
        Write($"{name}.portable.onnx", content);
        ModelIntegrity.Expect($"{name}.portable.onnx", Sha256(Doubling));
        return ModelSession.Load(Definition(name), ModelSource.Asset);
    }

    private static string Write(string file, byte[] content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models")).FullName, file);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static ModelDefinition Definition(string name) => new(name)
    {
        Inputs = [TensorSpec.Of<float>("x", 3)],
        Outputs = [TensorSpec.Of<float>("y", 3)],
        Profiles = [new ModelProfile("portable")],
    };
}
