using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests;

/// <summary>The same inputs give the same bytes: in another process, with another number of processors, from the cache.</summary>
public class SameBytesTests
{
    /// <summary>Together every precision, of products; and int8 of convolutions.</summary>
    private static readonly (string Name, string Profile, string Precision)[] Jobs =
    [
        ("products", "linux-arm64", "fp32"),
        ("products", "ios-arm64", "fp16"),
        ("products", "linux-arm64", "fp16-weights"),
        ("products", "linux-arm64", "int8"),
        ("products", "linux-arm64", "int8-dynamic"),
        ("products", "linux-arm64", "int8-weights"),
        ("products", "linux-arm64", "int4-weights"),
        ("convolutions", "linux-arm64", "int8"),
    ];

    [Fact]
    public void InEveryPrecision()
    {
        using var folder = new TestFolder();
        Jobs.Select(job => job.Precision).Distinct().ShouldBe(OptionWords.Precisions.Except(["profile", "auto"]), ignoreOrder: true);
        TinyModels.SaturatingProducts(folder.File("products.onnx"));
        TinyModels.Saturating(folder.File("convolutions.onnx"));
        Npz.Write(folder.File("products.npz"), "x", rows: 8, columns: 16 * 256);
        Npz.Write(folder.File("convolutions.npz"), "x", rows: 8, columns: 3 * 64);

        var one = Build(folder, "one", processors: 1, cache: null);
        var two = Build(folder, "two", processors: 2, folder.File("cache"));
        var again = Build(folder, "again", processors: 2, folder.File("cache"));

        one.Count.ShouldBe(Jobs.Length);
        foreach (var (name, bytes) in one)
        {
            two[name].SequenceEqual(bytes).ShouldBeTrue($"{name} with another number of processors");
            again[name].SequenceEqual(bytes).ShouldBeTrue($"{name} from the cache");
        }
    }

    private static Dictionary<string, byte[]> Build(TestFolder folder, string output, int processors, string? cache)
    {
        var requests = Jobs.Select(job => new ModelRequest
        {
            Model = folder.File($"{job.Name}.onnx"),
            Name = $"{job.Name}-{job.Precision}",
            OutputDirectory = folder.File(output),
            Profiles = new([job.Profile]),
            Options = new ModelOptions { Compile = new CompileOptions { Precision = job.Precision, Calibration = folder.File($"{job.Name}.npz") } },
        });
        var request = folder.Write($"{output}.json", BuildRequestFile.Write(new BuildRequest { Models = new(requests), CacheDirectory = cache }));

        Modelc.RunWith("DOTNET_PROCESSOR_COUNT", processors.ToString(CultureInfo.InvariantCulture), "build", "--request", request).ShouldSucceed();

        return Directory.EnumerateFiles(folder.File(output), "*.onnx").ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);
    }
}
