namespace ModelCompiler.Contract.Tests;

public sealed class LibraryModelsFileTests
{
    private static readonly LibraryModels Models = new(new EquatableArray<LibraryModel>(
    [
        new("digits", new([ProfileReader.Read("linux-x64"), ProfileReader.Read("android-arm64") with { IsCompressed = true }])),
        new("лица\tof people", new([new ManifestProfile("board", new(["linux-arm64", "any"]), new([new("XNNPACK", new([new("threads", "2")]))]), new([new("key", "value")]))])),
    ]));

    [Fact]
    public void WhatIsWrittenIsRead() => LibraryModelsFile.Read(LibraryModelsFile.Write(Models), "app.librarymodels").ShouldBe(Models);

    [Fact]
    public void LinesMayEndAsOnWindows() => LibraryModelsFile.Read(LibraryModelsFile.Write(Models).Replace("\n", "\r\n"), null).ShouldBe(Models);

    [Theory]
    [InlineData("profile\tlinux-x64", 2)]
    [InlineData("model\ta\n  rid\tlinux-x64", 3)]
    [InlineData("model\ta\nprofile\tp\n  shape\t1", 4)]
    [InlineData("model\ta\tb", 2)]
    [InlineData("model\ta\\x", 2)]
    public void ALineThatIsNotUnderstoodIsNamed(string lines, int number)
    {
        var error = Should.Throw<DiagnosticException>(() => LibraryModelsFile.Read($"modelcompiler-librarymodels\t1\n{lines}\n", "app.librarymodels")).Diagnostic;

        (error.Id, error.File).ShouldBe(("MC6001", "app.librarymodels"));
        error.Message.ShouldStartWith($"Line {number} ");
    }

    [Fact]
    public void AnotherVersionIsRefused() =>
        Should.Throw<DiagnosticException>(() => LibraryModelsFile.Read("modelcompiler-librarymodels\t2\n", null)).Diagnostic.Message.ShouldStartWith("Line 1 ");
}
