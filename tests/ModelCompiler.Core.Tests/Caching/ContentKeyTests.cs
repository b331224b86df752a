using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

public sealed class ContentKeyTests
{
    [Fact]
    public void EqualPartsGiveOneKey() => KeyOf(key => key.Add("a").Add(3)).ShouldBe(KeyOf(key => key.Add("a").Add(3)));

    [Fact]
    public void PartsDoNotRunTogether() => KeyOf(key => key.Add("ab").Add("c")).ShouldNotBe(KeyOf(key => key.Add("a").Add("bc")));

    [Fact]
    public void TheirOrderCounts() => KeyOf(key => key.Add("a").Add("b")).ShouldNotBe(KeyOf(key => key.Add("b").Add("a")));

    [Fact]
    public void OfAFileTheContentCounts()
    {
        using var folder = new TestFolder();
        var (one, same, other) = (folder.Write("one", "abc"), folder.Write("same", "abc"), folder.Write("other", "abd"));

        KeyOf(key => key.AddFile(one)).ShouldBe(KeyOf(key => key.AddFile(same)));
        KeyOf(key => key.AddFile(one)).ShouldNotBe(KeyOf(key => key.AddFile(other)));
    }

    [Fact]
    public void IsAFileNameEverywhere() => KeyOf(key => key.Add("a")).ShouldMatch("^[0-9a-f]{64}$");

    private static string KeyOf(Action<ContentKey> add)
    {
        using var key = new ContentKey();
        add(key);
        return key.Finish();
    }
}
