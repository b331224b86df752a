namespace ModelCompiler.Contract.Tests;

public sealed class DataSetDescriptionTests
{
    [Fact]
    public void ItLiesInAFolderAndBesideAFile()
    {
        var folder = Path.GetTempPath();

        DataSetDescription.PathFor(folder).ShouldBe(Path.Combine(folder, "dataset.json"));
        DataSetDescription.PathFor(Path.Combine(folder, "test.npz")).ShouldBe(Path.Combine(folder, "test.dataset.json"));
    }

    [Fact]
    public void WithoutAFileNobodySaysAnything() => DataSetDescription.ReadFor(Path.Combine(Path.GetTempPath(), "nobody", "x.npz")).ShouldBe(DataSetDescription.None);
}
