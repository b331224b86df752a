namespace ModelCompiler.Contract.Tests;

public sealed class ManifestTextTests
{
    private static readonly string[] HostileTexts =
    [
        "plain", "", " ", "\\", "\\-", "tab\there", "line\nbreak\r\n", "quote\"'", "é日本", "emoji 😀", "lone \ud800 surrogate", "null\0inside", "\\u0041",
        "  leading", "trailing\t", "</summary>", "{0}", "\u2028",
    ];

    [Fact]
    public void AnyManifestComesBackAsItWas()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var manifest = RandomManifest(random);

            ManifestReader.Read(ManifestWriter.Write(manifest), null).ShouldBe(manifest);
        }
    }

    [Fact]
    public void EveryByteOfItSurvivesAFileAndWindowsLineEnds()
    {
        var random = new Random(8);
        var manifest = RandomManifest(random);
        var bytes = System.Text.Encoding.UTF8.GetBytes(ManifestWriter.Write(manifest).Replace("\n", "\r\n", StringComparison.Ordinal));

        ManifestReader.Read(System.Text.Encoding.UTF8.GetString(bytes), null).ShouldBe(manifest);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("modelcompiler-manifest\t2\n", "line 1")]
    [InlineData("modelcompiler-manifest\t1\nspeed\tfast\n", "'speed' has no place there")]
    [InlineData("modelcompiler-manifest\t1\n  shape\t1\t\\-\n", "'shape' has no place there")]
    [InlineData("modelcompiler-manifest\t1\ninput\tx\n", "a field is missing")]
    [InlineData("modelcompiler-manifest\t1\ninput\tx\ttensor\tmany\ttensor(float)\n", "line 2")]
    [InlineData("modelcompiler-manifest\t1\nname\tx\n", "'class' is missing")]
    public void SaysWhichLineItDoesNotUnderstand(string text, string expected) =>
        Diagnosed.By(DiagnosticRules.ManifestInvalid, () => ManifestReader.Read(text, "a.manifest")).Message.ShouldContain(expected, Case.Insensitive);

    [Fact]
    public void EveryMutationOfAManifestIsReadOrDiagnosed()
    {
        var random = new Random(9);
        var text = ManifestWriter.Write(RandomManifest(random));
        for (var round = 0; round < 5_000; round++)
        {
            var characters = text.ToCharArray();
            characters[random.Next(characters.Length)] = (char)random.Next(128);
            try
            {
                ManifestReader.Read(new string(characters, 0, random.Next(2) == 0 ? characters.Length : random.Next(characters.Length)), "a.manifest");
            }
            catch (DiagnosticException exception)
            {
                exception.Diagnostic.Id.ShouldBe(DiagnosticRules.ManifestInvalid.Id);
            }
        }
    }

    private static ModelManifest RandomManifest(Random random)
    {
        return new ModelManifest(
            Text(), Text(), Text(), Word<Access>(), Word<ModelTask>(),
            Many(3, () => new ManifestInput(Value(), random.Next(2) == 0 ? Image() : null) { State = Optional(), Constant = Maybe(random.NextDouble()), Audio = random.Next(2) == 0 ? null : Audio() }),
            Many(3, () => new ManifestOutput(Value(), Word<OutputKind>()) { Detection = random.Next(2) == 0 ? null : Detection(), ClassMap = random.Next(2) == 0 ? null : new(Word<ClassMapValues>(), Word<ImageLayout>()), Temperature = Maybe(random.NextDouble()) }),
            Many(5, Text),
            Many(3, () => new ManifestProfile(Text(), Many(2, Text), Many(2, () => new ManifestProvider(Text(), Many(2, Entry))), Many(2, Entry)) { IsCompressed = random.Next(2) == 0, ProcessorFeatures = Many(2, Text) }),
            new ModelProvenance(Optional(), Optional(), Optional()));

        string Text() => HostileTexts[random.Next(HostileTexts.Length)];
        string? Optional() => random.Next(3) == 0 ? null : Text();
        MetadataEntry Entry() => new(Text(), Text());
        T Word<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        EquatableArray<T> Many<T>(int most, Func<T> item) where T : IEquatable<T> => new(Enumerable.Range(0, random.Next(most + 1)).Select(_ => item()));
        Dimension Axis() => random.Next(3) switch { 0 => Dimension.Of(random.NextInt64()), 1 => Dimension.Named(Text()), _ => Dimension.Unknown };
        ValueSignature Value() => new(Text(), Word<ValueKind>(), Word<ElementType>(), random.Next(4) == 0 ? null : Many(4, Axis), Text());
        EquatableArray<float> Numbers() => Many(3, () => random.NextSingle() * MathF.Pow(10, random.Next(-20, 20)));
        ImageInput Image() => new(Word<ImageLayout>(), Word<ImageColor>(), Resize(), random.Next(2) == 0 ? null : random.Next(1, 999), random.NextSingle(), Numbers(), Numbers());
        T? Maybe<T>(T value) where T : struct => random.Next(2) == 0 ? null : value;
        bool Coin() => random.Next(2) == 0;
        DetectionFormat Detection() => new(Maybe(Word<BoxCoding>()), Maybe(Coin()), Coin(), Coin(), Maybe(random.Next(99)), Many(3, () => random.Next(1, 64)));
        AudioInput Audio() => new(random.Next(1, 48000), random.Next(1, 999), random.Next(1, 999), random.Next(999));
        ImageResize Resize() => ImageGrammar.Resize(new[] { "none", "shortSide:256", "stretch:640x480", "letterbox:416:114:topleft", "letterbox:32:0" }[random.Next(5)])!;
    }
}
