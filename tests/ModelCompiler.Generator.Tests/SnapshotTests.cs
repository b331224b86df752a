namespace ModelCompiler.Generator.Tests;

public class SnapshotTests
{
    public static TheoryData<string> Names => [.. Manifests.All.Select(manifest => manifest.ClassName)];

    [Theory]
    [MemberData(nameof(Names))]
    public void WritesTheClass(string name) => Approval.Verify(Generate(name).Source.Replace(Version, "{version}", StringComparison.Ordinal), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCompilerHasNoComplaints(string name) => Generate(name).Complaints.ShouldBeEmpty();

    [Fact]
    public void AllClassesCompileTogether() => Generated.From([.. Manifests.All]).Complaints.ShouldBeEmpty();

    private static string Version => typeof(ModelClassGenerator).Assembly.GetName().Version!.ToString(3);

    private static Generated Generate(string name) => Generated.From(Manifests.All.Single(manifest => manifest.ClassName == name));
}
