namespace ModelCompiler.Contract.Tests;

public sealed class ProfileReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("profiles").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadsWhatTheAppNeedsAndLeavesTheRestToTheCompiler()
    {
        var path = Write("board", """
            { "name": "board", "runtimeIdentifiers": ["linux-arm64"], "integer": { "activation": "u8" },
              "executionProviders": [{ "name": "QNN", "options": { "backend": "htp", "threads": 4 } }, { "name": "CPU" }],
              "sessionSettings": { "session.intra_op.allow_spinning": "0" } }
            """);

        ProfileReader.Read(path).ShouldBe(new ManifestProfile(
            "board",
            new(["linux-arm64"]),
            new([new ManifestProvider("QNN", new([new("backend", "htp"), new("threads", "4")])), new ManifestProvider("CPU", default)]),
            new([new("session.intra_op.allow_spinning", "0")])));
    }

    [Fact]
    public void AProfileExtendsAnother()
    {
        Write("base", """{ "runtimeIdentifiers": ["linux-x64"], "executionProviders": [{ "name": "CPU" }] }""");
        var path = Write("mine", """{ "name": "mine", "extends": "base.json", "runtimeIdentifiers": ["linux-musl-x64"] }""");

        var profile = ProfileReader.Read(path);

        profile.Name.ShouldBe("mine");
        profile.RuntimeIdentifiers.ShouldBe(["linux-musl-x64"]);
        profile.Providers.Single().Name.ShouldBe("CPU");
    }

    [Theory]
    [InlineData("""{ "extends": "base.json" }""", true)]
    [InlineData("""{ "extends": "base.json", "asset": { "externalData": "never" } }""", true)]
    [InlineData("""{ "extends": "base.json", "asset": { "compression": "none" } }""", false)]
    [InlineData("""{ "name": "other" }""", false)]
    public void WhetherAssetsAreCompressedIsInherited(string json, bool isCompressed)
    {
        Write("base", """{ "asset": { "compression": "gzip" } }""");

        ProfileReader.Read(Write("mine", json)).IsCompressed.ShouldBe(isCompressed);
    }

    [Fact]
    public void WhatTheProcessorMustHaveIsInheritedAndChecked()
    {
        Write("base", """{ "processorFeatures": ["avx2", "avxvnni"] }""");

        ProfileReader.Read(Write("mine", """{ "extends": "base.json" }""")).ProcessorFeatures.ShouldBe(["avx2", "avxvnni"]);
        var path = Write("wrong", """{ "processorFeatures": ["mmx"] }""");
        Diagnosed.By(DiagnosticRules.ProfileInvalid, () => ProfileReader.Read(path)).Message.ShouldContain("'processorFeatures' must be a list of avx2, avx512, avxvnni, dotprod");
    }

    [Fact]
    public void AProfileThatExtendsItselfIsRefused()
    {
        var path = Write("loop", """{ "extends": "loop.json" }""");

        Diagnosed.By(DiagnosticRules.ProfileInvalid, () => ProfileReader.Read(path)).Message.ShouldContain("'extends'");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "executionProviders": [{}] }""")]
    [InlineData("""{ "runtimeIdentifiers": "linux-x64" }""")]
    public void AProfileThatIsNotUnderstoodIsRefused(string json) =>
        Diagnosed.By(DiagnosticRules.ProfileInvalid, () => ProfileReader.Read(Write("bad", json)));

    [Fact]
    public void AnUnknownNameIsRefused() => Diagnosed.By(DiagnosticRules.ProfileUnknown, () => ProfileReader.Read("toaster"));

    [Fact]
    public void EveryBuiltInProfileIsRead()
    {
        foreach (var name in BuiltInProfiles.Names)
            ProfileReader.Read(name).Name.ShouldBe(name);
    }

    private string Write(string name, string json)
    {
        var path = Path.Combine(_folder, name + ".json");
        File.WriteAllText(path, json);
        return path;
    }
}
