using System.Text.Json;
using ModelCompiler.Contract;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Profiles;

public sealed class HardwareProfilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> BuiltIn => [.. HardwareProfiles.BuiltIn];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CoversTheDevicesThatDotNetAppsRunOn() =>
        HardwareProfiles.BuiltIn.ShouldBe([
            "android-arm", "android-arm64", "android-x64", "coreml", "cpu-arm64", "cpu-x64", "directml", "ios-arm64", "iossimulator-arm64",
            "linux-arm64", "linux-x64", "osx-arm64", "portable", "qnn-arm64", "tensorrt-x64", "webgpu", "win-arm64", "win-x64", "xnnpack-arm64",
        ]);

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void ReadsEveryBuiltInProfile(string name)
    {
        var profile = HardwareProfiles.Read(name);

        profile.Name.ShouldBe(name);
        profile.Description.ShouldNotBeEmpty();
        profile.ExecutionProviders[^1].Name.ShouldBe("CPU", "what no other provider takes needs a place to run");
        profile.Precisions.Allowed.ShouldContain(profile.Precisions.WithCalibration);
        profile.Precisions.Allowed.ShouldContain(profile.Precisions.WithoutCalibration);
        profile.Quantization.IntegerOperators.ShouldContain("Conv");
        profile.Quantization.PassThroughOperators.ShouldNotContain(operation => profile.Quantization.IntegerOperators.Contains(operation));
        profile.Pruning.ChannelMultiple.ShouldBeGreaterThan(1);
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void SaysTheSameToTheAppAsToTheCompiler(string name)
    {
        var compiler = HardwareProfiles.Read(name);
        var app = ProfileReader.Read(name);

        app.Name.ShouldBe(compiler.Name);
        app.RuntimeIdentifiers.ToArray().ShouldBe(compiler.RuntimeIdentifiers);
        app.ProcessorFeatures.ToArray().ShouldBe(compiler.ProcessorFeatures);
        app.IsCompressed.ShouldBe(compiler.Asset.IsCompressed);
        app.Providers.Select(provider => provider.Name).ShouldBe(compiler.ExecutionProviders.Select(provider => provider.Name));
        app.Providers.SelectMany(provider => provider.Options).Select(option => (option.Key, option.Value))
            .ShouldBe(compiler.ExecutionProviders.SelectMany(provider => provider.Options).Select(option => (option.Key, option.Value)), ignoreOrder: true);
        app.SessionSettings.Select(setting => (setting.Key, setting.Value))
            .ShouldBe(compiler.SessionSettings.Select(setting => (setting.Key, setting.Value)), ignoreOrder: true);
    }

    [Fact]
    public void EveryDeviceHasOneProfile()
    {
        var identifiers = HardwareProfiles.BuiltIn.Select(HardwareProfiles.Read).Where(profile => !profile.OnlyByName).SelectMany(profile => profile.RuntimeIdentifiers).ToList();

        identifiers.ShouldBeUnique();
        HardwareProfiles.For("android-arm64").Name.ShouldBe("android-arm64");
        HardwareProfiles.For("freebsd-x64").Name.ShouldBe("portable");
    }

    [Fact]
    public void OtherWaysToUseADeviceAreChosenOnlyByName()
    {
        var named = HardwareProfiles.BuiltIn.Select(HardwareProfiles.Read).Where(profile => profile.OnlyByName).ToArray();

        named.Select(profile => profile.Name).ShouldBe(["coreml", "directml", "qnn-arm64", "tensorrt-x64", "webgpu", "xnnpack-arm64"]);
        foreach (var identifier in named.SelectMany(profile => profile.RuntimeIdentifiers))
        {
            HardwareProfiles.For(identifier).OnlyByName.ShouldBeFalse();
            (ProfileReader.NameFor(identifier) ?? "portable").ShouldBe(HardwareProfiles.For(identifier).Name, "the build chooses as the compiler does");
        }

        named.ShouldAllBe(profile => profile.RuntimeIdentifiers.Count > 0, "an app must not take a file for one kind of device on another");
        named.ShouldAllBe(profile => !profile.RunsOnCpu && profile.MeasurableOn.Count == 0);
    }

    [Fact]
    public void NumberFormatsAreDataOfTheProfile()
    {
        var qnn = QuantizationScheme.Of(HardwareProfiles.Read("qnn-arm64"));
        var tensorRt = QuantizationScheme.Of(HardwareProfiles.Read("tensorrt-x64"));
        var xnnpack = QuantizationScheme.Of(HardwareProfiles.Read("xnnpack-arm64"));

        qnn.Activations.ShouldBe(IntegerFormat.UInt16 with { LeastWidth = 1e-4 });
        qnn.Weights.ShouldBe(IntegerFormat.Symmetric(8) with { LeastWidth = 1e-4 });
        tensorRt.Activations.ShouldBe(IntegerFormat.Symmetric(8));
        tensorRt.FloatBiases.ShouldBeTrue();
        xnnpack.Activations.ShouldBe(IntegerFormat.Int8);
        (qnn.ChannelsLast, tensorRt.ChannelsLast, xnnpack.ChannelsLast).ShouldBe((false, false, false), "their providers read Q/DQ");
        (tensorRt.WeightsWhereSumsSaturate, tensorRt.Blockwise).ShouldBe((null, null), "limits of x64 processors are none of a GPU");
    }

    [Fact]
    public void OnX64WeightsHaveSevenBitsWhereSumsSaturate()
    {
        var x64 = HardwareProfiles.Read("linux-x64").Quantization;
        var arm64 = HardwareProfiles.Read("linux-arm64").Quantization;

        (x64.ActivationType, x64.WeightType, x64.WeightBitsWhereSumsSaturate).ShouldBe((IntegerType.UInt8, IntegerType.Int8, 7));
        (arm64.ActivationType, arm64.WeightType, arm64.WeightBitsWhereSumsSaturate).ShouldBe((IntegerType.Int8, IntegerType.Int8, (int?)null));
    }

    [Fact]
    public void BlocksOfWeightsAreForDevicesThatAllHaveTheKernel()
    {
        var with = HardwareProfiles.BuiltIn.Where(name => HardwareProfiles.Read(name).Quantization.Blockwise is not null);

        with.ShouldBe(["android-x64", "cpu-x64", "linux-x64", "osx-arm64", "win-x64"]);
    }

    [Fact]
    public void RefusesBlocksThatTheKernelDoesNotTake()
    {
        var path = Path.Combine(_folder.Path, "blocks.json");
        File.WriteAllText(path, """{ "extends": "linux-x64", "quantization": { "blockwise": { "blockSize": 100, "minWeights": 1, "maxRows": 1 } } }""");

        Should.Throw<DiagnosticException>(() => HardwareProfiles.Read(path)).Message.ShouldContain("blockSize");
    }

    [Theory]
    [InlineData("""{ "format": "ort" }""", "format")]
    [InlineData("""{ "externalData": "sometimes" }""", "externalData")]
    [InlineData("""{ "compression": "zip" }""", "compression")]
    [InlineData("""{ "compression": "gzip", "externalData": "always" }""", "one file")]
    public void RefusesAFormOfAssetsThatCannotBeHad(string asset, string reason)
    {
        var path = _folder.Write("asset.json", $$"""{ "extends": "linux-x64", "asset": {{asset}} }""");

        Should.Throw<DiagnosticException>(() => HardwareProfiles.Read(path)).Message.ShouldContain(reason);
    }

    [Fact]
    public void OnlyTheHostItselfMeasures()
    {
        HardwareProfiles.Read("linux-x64").IsMeasurableOn("linux-x64").ShouldBeTrue();
        HardwareProfiles.Read("win-x64").IsMeasurableOn("linux-x64").ShouldBeFalse();
        HardwareProfiles.Read("android-arm64").MeasurableOn.ShouldBeEmpty();
    }

    [Fact]
    public void AProjectsOwnProfileExtendsABuiltInOne()
    {
        var path = _folder.Write("kiosk.json", """
            { "extends": "linux-arm64", "quantization": { "perChannel": false }, "budgets": { "maxLatency": "12ms" } }
            """);

        var profile = HardwareProfiles.Read(path);

        profile.Name.ShouldBe("kiosk");
        profile.RuntimeIdentifiers.ShouldBe(["linux-arm64"]);
        profile.Quantization.PerChannel.ShouldBeFalse();
        profile.Quantization.ActivationType.ShouldBe(IntegerType.Int8);
        profile.Budgets.MaxLatency.ShouldBe("12ms");
    }

    [Theory]
    [InlineData("minMax", RangeMethod.MinMax)]
    [InlineData("percentile", RangeMethod.Percentile)]
    [InlineData("entropy", RangeMethod.Entropy)]
    [InlineData("mse", RangeMethod.Mse)]
    public void AProfileChoosesHowRangesAreFound(string word, RangeMethod method)
    {
        var path = _folder.Write("own.json", $$"""{ "extends": "linux-x64", "quantization": { "ranges": "{{word}}", "percentile": 99.9 } }""");

        var profile = HardwareProfiles.Read(path);

        (profile.Quantization.Ranges, profile.Quantization.Percentile).ShouldBe((method, 99.9));
        JsonSerializer.Serialize(profile, ProfileJson.Default.HardwareProfile).ShouldContain($"\"ranges\": \"{word}\"");
        QuantizationScheme.Of(profile).Percentile.ShouldBe(99.9);
        QuantizationScheme.Of(HardwareProfiles.Read("linux-x64")).Percentile.ShouldBe(99.99);
    }

    [Fact]
    public void AProfileChoosesTheFormOfIntegerOperators()
    {
        var path = _folder.Write("own.json", """{ "extends": "linux-x64", "quantization": { "channelsLast": false } }""");

        QuantizationScheme.Of(HardwareProfiles.Read(path)).ChannelsLast.ShouldBeFalse();
        QuantizationScheme.Of(HardwareProfiles.Read("linux-x64")).ChannelsLast.ShouldBeTrue();
    }

    [Fact]
    public void AProfileExtendsAFileBesideIt()
    {
        _folder.Write("base.json", """{ "extends": "cpu-x64", "pruning": { "channelMultiple": 16 } }""");
        var path = _folder.Write("own.json", """{ "name": "own", "extends": "base.json" }""");

        HardwareProfiles.Read(path).Pruning.ChannelMultiple.ShouldBe(16);
    }

    [Fact]
    public void AnUnknownNameIsAnErrorThatListsTheKnownOnes() =>
        Diagnosed.By(DiagnosticRules.ProfileUnknown, () => HardwareProfiles.Read("linux-x46")).Message.ShouldContain("linux-x64");

    [Theory]
    [InlineData("""{ "extends": "linux-x64", "quantisation": {} }""", "quantisation")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "activationType": "int3" } }""", "activationType")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "weightType": "uint16" } }""", "weightType")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "symmetricActivations": true } }""", "symmetricActivations")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "activationType": "uint16" } }""", "channelsLast")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "minimumRange": -1 } }""", "minimumRange")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "reach": "far" } }""", "reach")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "ranges": "guess" } }""", "ranges")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "percentile": 0.01 } }""", "percentile")]
    [InlineData("""{ "extends": "linux-x64", "quantization": { "percentile": 101 } }""", "percentile")]
    [InlineData("""{ "extends": "linux-x64", "precisions": { "allowed": ["int7"] } }""", "int7")]
    [InlineData("""{ "extends": "linux-x64", "precisions": null }""", "precisions")]
    [InlineData("""{ "extends": "own.json" }""", "extends")]
    [InlineData("""{ "extends": ["linux-x64"] }""", "extends")]
    [InlineData("""{ "name": "bare" }""", "executionProviders")]
    [InlineData("[1]", "object")]
    [InlineData("{", "JSON")]
    public void SaysWhatIsWrongWithAProfile(string json, string mentions)
    {
        var path = _folder.Write("own.json", json);

        Diagnosed.By(DiagnosticRules.ProfileInvalid, () => HardwareProfiles.Read(path)).Message.ShouldContain(mentions);
    }
}
