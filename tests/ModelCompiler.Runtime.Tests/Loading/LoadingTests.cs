using System.IO.Compression;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Tests.Loading;

public sealed class LoadingTests : IDisposable
{
    private static readonly byte[] Doubling = new TinyModel()
        .Input("x", TinyModel.Float, 1, 3).Output("y", TinyModel.Float, 1, 3).Node("Add", ["x", "x"], "y").ToBytes();

    private readonly string _folder = Directory.CreateTempSubdirectory("modelcompiler-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FittingProfilesThatExistAreFoundInOrder()
    {
        Write("m.portable.onnx");
        Write("m.linux-x64.onnx");
        var profiles = new[] { new ModelProfile("android-arm64", "android-arm64"), new ModelProfile("linux-x64", "linux-x64"), new ModelProfile("portable") };
        Write("m.android-arm64.onnx");

        Locator("linux", "x64").Find("m", profiles).Select(asset => asset.Profile.Name).ShouldBe(["linux-x64", "portable"]);
        Locator("linux", "arm64").Find("m", profiles)[0].Profile.Name.ShouldBe("portable");
        Locator("android", "arm64").Find("m", profiles)[0].File.Path.ShouldBe(Path.Combine(_folder, "models", "m.android-arm64.onnx"));
    }

    [Fact]
    public void AFileForAProcessorThatCanDoMoreIsForThoseThatCan()
    {
        Write("m.fast.onnx");
        Write("m.linux-x64.onnx");
        var profiles = new[] { new ModelProfile("fast", "linux-x64") { ProcessorFeatures = ["avx512", "avxvnni"] }, new ModelProfile("linux-x64", "linux-x64") };

        Locator("linux", "x64", "avx512", "avxvnni").Find("m", profiles).Select(asset => asset.Profile.Name).ShouldBe(["fast", "linux-x64"]);
        Locator("linux", "x64", "avx512").Find("m", profiles).Select(asset => asset.Profile.Name).ShouldBe(["linux-x64"]);
        Locator("linux", "x64", "avx512").Fitting(profiles)!.Name.ShouldBe("linux-x64");
        Should.Throw<ModelLoadException>(() => Locator("linux", "x64", "avx512").Find("m", profiles[..1])).Message.ShouldContain("profile 'fast' is for processors with avxvnni");
        Processor.Has("telepathy").ShouldBeFalse();
    }

    [Theory]
    [InlineData("linux-musl-x64", true)]
    [InlineData("linux", true)]
    [InlineData("any", true)]
    [InlineData("linux-arm64", false)]
    [InlineData("win-x64", false)]
    public void RuntimeIdentifiersNameSystemAndArchitecture(string identifier, bool runs) =>
        new RuntimeTarget("linux", "x64").Runs([identifier]).ShouldBe(runs);

    [Fact]
    public void AnAbsentAssetIsReportedWithEveryPathTried()
    {
        var profiles = new[] { new ModelProfile("ios-arm64", "ios-arm64"), new ModelProfile("portable") };

        var error = Should.Throw<ModelLoadException>(() => Locator("linux", "x64").Find("m", profiles));

        error.Message.ShouldContain("'ios-arm64' is for ios-arm64");
        error.Message.ShouldContain($"'{Path.Combine(_folder, "models", "m.portable.onnx")}' does not exist");
    }

    [Fact]
    public void LoadsTheAssetBesideTheApp()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "doubling.portable.onnx"), Doubling);
        var definition = Definition("doubling", new ModelProfile("portable"));

        using var session = ModelSession.Load(definition, ModelSource.Asset);

        session.Report.Profile.ShouldBe("portable");
        session.Report.Providers.ShouldBe(["CPU"]);
        session.Report.ToString().ShouldEndWith("doubling.portable.onnx (profile portable) on CPU");
    }

    [Fact]
    public void InABundleResourcesLieBesideTheFolderOfTheAssemblies()
    {
        var assemblies = Directory.CreateDirectory(Path.Combine(_folder, "Contents", "MonoBundle")).FullName;
        AssetLocator.FolderOf(assemblies).ShouldBe(assemblies);

        var resources = Directory.CreateDirectory(Path.Combine(_folder, "Contents", "Resources", "models")).Parent!.FullName;

        AssetLocator.FolderOf(assemblies).ShouldBe(resources);
        AssetLocator.FolderOf(assemblies + Path.DirectorySeparatorChar).ShouldBe(resources);
    }

    [Fact]
    public void LoadsACompressedAsset()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "packed.portable.onnx.gz"), Packed(Doubling));

        using var session = ModelSession.Load(Definition("packed", new ModelProfile("portable")), ModelSource.Asset);

        session.Report.ToString().ShouldEndWith("packed.portable.onnx.gz (profile portable) on CPU");
    }

    [Fact]
    public void ACompressedFileThatIsCutOffOrAlteredIsRefused()
    {
        var packed = Packed(Doubling);
        var path = Path.Combine(_folder, "m.onnx.gz");
        foreach (var damaged in new[] { packed[..^12], [.. packed[..^6], (byte)(packed[^6] ^ 1), .. packed[^5..]], [1, 2, 3] })
        {
            File.WriteAllBytes(path, damaged);

            Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("m"), ModelSource.File(path))).Message.ShouldContain("cannot be unpacked");
        }
    }

    [Fact]
    public void AFileForADeviceThatIsNotThereGivesWayToTheNext()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "given-way.npu.onnx"), Doubling);
        File.WriteAllBytes(Path.Combine(folder.FullName, "given-way.portable.onnx"), Doubling);
        var npu = new ModelProfile("npu") { Providers = [new ExecutionProvider("NoSuchThing"), ExecutionProvider.Cpu] };

        using var session = ModelSession.Load(Definition("given-way", npu, new ModelProfile("portable")), ModelSource.Asset);

        session.Report.Profile.ShouldBe("portable");
        session.Report.Skipped.Select(skipped => skipped.Provider).ShouldBe(["NoSuchThing"]);
    }

    [Fact]
    public void TheLastFileRunsOnTheCpuAtWorst()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "no-way.npu.onnx"), Doubling);
        var npu = new ModelProfile("npu") { Providers = [new ExecutionProvider("NoSuchThing"), ExecutionProvider.Cpu] };

        using var session = ModelSession.Load(Definition("no-way", npu, new ModelProfile("portable")), ModelSource.Asset);

        session.Report.Profile.ShouldBe("npu");
        session.Report.Providers.ShouldBe(["CPU"]);
        session.Report.Skipped.Select(skipped => skipped.Provider).ShouldBe(["NoSuchThing"]);
    }

    [Fact]
    public void AProfileOfTheCpuGivesWayToNone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "models"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "no-reason.plain.onnx"), Doubling);
        File.WriteAllBytes(Path.Combine(folder.FullName, "no-reason.portable.onnx"), Doubling);
        var plain = new ModelProfile("plain") { Providers = [ExecutionProvider.Cpu] };

        using var session = ModelSession.Load(Definition("no-reason", plain, new ModelProfile("portable")), ModelSource.Asset);

        session.Report.Profile.ShouldBe("plain");
        session.Report.Skipped.ShouldBeEmpty();
    }

    [Fact]
    public void LoadsFromPathStreamAndBytes()
    {
        var path = Write("given.onnx");
        foreach (var source in new[] { ModelSource.File(path), ModelSource.Bytes(Doubling), ModelSource.Bytes(Doubling.AsMemory()), ModelSource.Stream(new MemoryStream(Doubling)) })
        {
            using var session = ModelSession.Load(Definition("given"), source);
            using var call = session.Rent();
            call.SetInput<float>(0, [1, 2, 3]);
            call.Run();
            call.Output<float>(0).ToArray().ShouldBe([2f, 4f, 6f]);
        }
    }

    [Fact]
    public void AFileThatDoesNotExistIsNamed() =>
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("m"), ModelSource.File("no/such.onnx"))).Message.ShouldContain(Path.GetFullPath("no/such.onnx"));

    [Fact]
    public void BytesThatAreNoModelAreRefused() =>
        Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("m"), ModelSource.Bytes(new byte[] { 1, 2, 3 }))).Message.ShouldContain("the bytes given for 'm'");

    [Fact]
    public void AnotherModelIsRefusedWithTheDifference()
    {
        var other = new TinyModel().Input("x", TinyModel.Float, 1, 4).Output("y", TinyModel.Float, 1, 4).Node("Identity", ["x"], "y").ToBytes();
        var renamed = new TinyModel().Input("a", TinyModel.Float, 1, 3).Output("y", TinyModel.Float, 1, 3).Node("Identity", ["a"], "y").ToBytes();
        var wider = new TinyModel().Input("x", TinyModel.Float, 1, 3).Input("z", TinyModel.Float, 1, 3)
            .Output("y", TinyModel.Float, 1, 3).Node("Add", ["x", "z"], "y").ToBytes();

        Load(other).Message.ShouldContain("its input is 'x' float [1, 4], but 'x' float [1, 3] is expected");
        Load(renamed).Message.ShouldContain("it has no input 'x', but 'a'");
        Load(wider).Message.ShouldContain("it also wants the input 'z'");

        static ModelLoadException Load(byte[] bytes) =>
            Should.Throw<ModelLoadException>(() => ModelSession.Load(Definition("m"), ModelSource.Bytes(bytes)));
    }

    [Fact]
    public void ProvidersThatAreNotThereAreSkippedAndReported()
    {
        var profile = new ModelProfile("gpu") { Providers = [new ExecutionProvider("CUDAExecutionProvider"), new ExecutionProvider("NoSuchThing"), ExecutionProvider.Cpu] };

        using var session = ModelSession.Load(Definition("m", profile), ModelSource.Bytes(Doubling));

        session.Report.Providers.ShouldBe(["CPU"]);
        session.Report.Skipped.Select(skipped => skipped.Provider).ShouldBe(["CUDA", "NoSuchThing"]);
        session.Report.Skipped.ShouldAllBe(skipped => skipped.Reason.Length > 0);
    }

    [Fact]
    public void TheProfilesSettingsAndTheCallersOptionsReachTheSession()
    {
        var profile = new ModelProfile("tuned")
        {
            SessionSettings = new Dictionary<string, string> { ["session.intra_op.allow_spinning"] = "0", ["intra_op_num_threads"] = "1", ["graph_optimization_level"] = "basic" },
        };
        SessionOptions? seen = null;
        int? threads = null;

        using var session = ModelSession.Load(Definition("m", profile), ModelSource.Bytes(Doubling), configure: options => (seen, threads) = (options, options.IntraOpNumThreads));

        seen.ShouldNotBeNull();
        threads.ShouldBe(1);
    }

    private static ModelDefinition Definition(string name, params ModelProfile[] profiles) => new(name)
    {
        Inputs = [TensorSpec.Of<float>("x", 1, 3)],
        Outputs = [TensorSpec.Of<float>("y", 1, 3)],
        Profiles = profiles,
    };

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private AssetLocator Locator(string system, string architecture, params string[] features) => new(_folder, new RuntimeTarget(system, architecture), features.Contains);

    private string Write(string name)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "models")).FullName, name);
        File.WriteAllBytes(path, Doubling);
        return path;
    }
}
