namespace ModelCompiler.MSBuild.Tests;

public sealed class StateRecordTests : IDisposable
{
    private readonly TestProject _project = new();

    private StateRecord Record => new(Path.Combine(_project.Folder, "obj", "a.record"));

    public void Dispose() => _project.Dispose();

    [Fact]
    public void WhatDidNotChangeIsKnown()
    {
        Keep("two\nlines \\ of settings", _project.Write("a", "1"), _project.Write("folder/b", "2"));

        Record.Unchanged("two\nlines \\ of settings").ShouldBe(["a result", "of \\ two\r\nlines"]);
    }

    [Fact]
    public void NothingIsKnownAtFirst() => Record.Unchanged("").ShouldBeNull();

    [Fact]
    public void OtherSettingsAreAChange()
    {
        Keep("one");

        Record.Unchanged("other").ShouldBeNull();
    }

    [Fact]
    public void AFileThatChangedGrewOrWentIsAChange()
    {
        var file = _project.Write("a", "1");
        Keep("", file);
        var written = File.GetLastWriteTimeUtc(file);

        File.SetLastWriteTimeUtc(file, written.AddSeconds(-1));
        Record.Unchanged("").ShouldBeNull("what a switch of branches does");
        File.WriteAllText(file, "12");
        File.SetLastWriteTimeUtc(file, written);
        Record.Unchanged("").ShouldBeNull();
        File.Delete(file);
        Record.Unchanged("").ShouldBeNull();
        File.WriteAllText(file, "1");
        File.SetLastWriteTimeUtc(file, written);
        Record.Unchanged("").ShouldNotBeNull();
    }

    [Fact]
    public void AFileThatComesToBeIsAChange()
    {
        Keep("", Path.Combine(_project.Folder, "a.model.json"));
        Record.Unchanged("").ShouldNotBeNull();

        _project.Write("a.model.json", "{}");

        Record.Unchanged("").ShouldBeNull();
    }

    [Fact]
    public void AFolderIsWhatIsInIt()
    {
        var first = _project.Write("folder/deep/a", "1");
        Keep("", Path.Combine(_project.Folder, "folder"));
        Record.Unchanged("").ShouldNotBeNull();

        File.Move(first, first + "2");

        Record.Unchanged("").ShouldBeNull();
    }

    [Fact]
    public void ANameThatDoesNotFitIntoALineIsLookedAtByEveryBuild()
    {
        Keep("", Path.Combine(_project.Folder, "a\tb"));

        Record.Unchanged("").ShouldBeNull();
    }

    private void Keep(string settings, params string[] files) => Record.Write(settings, StateRecord.Observe(files), ["a result", "of \\ two\r\nlines"]);
}
