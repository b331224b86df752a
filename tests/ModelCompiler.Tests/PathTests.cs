namespace ModelCompiler.Tests;

/// <summary>
/// Files and folders are called what people call them. MSBuild gives some characters a meaning of its own (<c>; % $ @ *</c>), C# cannot have most of them in a name,
/// and links and command lines take yet others apart, so that each has to come through all of them as it is.
/// </summary>
public sealed class PathTests(PackageFeed package)
{
    private const string Program = """
        using App;
        using ModelCompiler;

        using var digits = Digits.Load();
        Console.WriteLine(digits.Classify(PixelBuffer.Gray(new byte[28 * 28], 28, 28)).Score > 0);
        """;

    private static readonly string[] ModelNames =
    [
        "with space", "ha#sh", "semi;colon", "percent%20twenty", "percent%c", "br{}ace", "Кириллица", "quo'te", "$(Foo)", "@(Compile)", "7digit", "class",
        "comma,name", "equals=sign", "amper&sand", "plus+plus", "dot.dot", new string('l', 200),
    ];

    [Fact]
    public void AModelMayBeCalledAsAnyFile()
    {
        using var app = new UserProject(package);
        foreach (var name in ModelNames)
            app.WithDigits($"m/{name}.onnx");
        app.With("""<Model Include="m\*.onnx" /><ModelProfile Include="portable" />""", UserProject.PassThrough).Write("Program.cs", "Console.WriteLine();");

        app.Build().ShouldSucceed().CompiledModels.ShouldBeTrue();

        app.BuiltModels.ShouldBe(ModelNames.Select(name => $"{AssetName(name)}.portable.onnx").Order(StringComparer.Ordinal));
        var second = app.BuildRestored().ShouldSucceed();
        second.CompiledModels.ShouldBeFalse(second.Output);
        app.BuiltModels.Count.ShouldBe(ModelNames.Length);
    }

    [Theory]
    [InlineData("with space; and a semicolon")]
    [InlineData("100% sure, ha#sh")]
    [InlineData("br{ace} Кириллица")]
    [InlineData("deep/deepdeepdeepdeepdeepdeepdeepdeepdeepdeepdeep/deepdeepdeepdeepdeepdeepdeepdeepdeepdeepdeep/deepdeepdeepdeepdeepdeepdeepdeepdeepdeepdeep/deepdeepdeepdeepdeepdeep")]
    public void AProjectMayLieInAnyFolder(string folder)
    {
        using var app = new UserProject(package, folder: folder);
        app.With("""<Model Include="digits.onnx" Precision="int8" Calibration="samples" />""").WithDigitsAndSidecar().WithSamples("samples").Write("Program.cs", Program);

        app.Build().ShouldSucceed();

        app.BuiltModels.ShouldHaveSingleItem();
        app.RunApp().ShouldSucceed().Output.Trim().ShouldBe("True");
    }

    /// <summary>The asset's name has to pass through bundles and addresses of other platforms as well: letters, digits and dots stay.</summary>
    private static string AssetName(string model) => string.Concat(model.Select(letter => char.IsLetterOrDigit(letter) || letter == '.' ? letter : '-'));
}
