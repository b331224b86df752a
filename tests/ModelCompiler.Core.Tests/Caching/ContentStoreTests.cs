using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

public sealed class ContentStoreTests : IDisposable
{
    private const long Room = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GivesBackWhatWasPut()
    {
        var store = new ContentStore(_folder.Path, Room);

        store.Put(Key("a"), file => file.Write([1, 2, 3])).ShouldBeTrue();

        Read(store, "a").ShouldBe([1, 2, 3]);
        Read(store, "b").ShouldBeNull();
    }

    [Fact]
    public void TheLastOneCounts()
    {
        var store = new ContentStore(_folder.Path, Room);
        store.Put(Key("a"), file => file.Write([1, 2, 3]));

        store.Put(Key("a"), file => file.Write([4]));

        Read(store, "a").ShouldBe([4]);
        _folder.Files.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(0)] // the mark of the form
    [InlineData(5)] // the length
    [InlineData(20)] // the hash
    [InlineData(45)] // the content
    public void ADamagedEntryIsAbsentAndCanBeReplaced(int place)
    {
        var store = new ContentStore(_folder.Path, Room);
        store.Put(Key("a"), file => file.Write([1, 2, 3]));
        var path = _folder[_folder.Files.Single()];
        var bytes = File.ReadAllBytes(path);
        bytes[place] ^= 0x40;
        File.WriteAllBytes(path, bytes);

        Read(store, "a").ShouldBeNull();

        store.Put(Key("a"), file => file.Write([1, 2, 3])).ShouldBeTrue();
        Read(store, "a").ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(46)]
    public void AnEntryThatEndsTooSoonIsAbsent(int length)
    {
        var store = new ContentStore(_folder.Path, Room);
        store.Put(Key("a"), file => file.Write([1, 2, 3]));
        using (var file = File.OpenWrite(_folder[_folder.Files.Single()]))
            file.SetLength(length);

        Read(store, "a").ShouldBeNull();
    }

    [Fact]
    public void ManyMayWriteAndReadAtOnce()
    {
        var content = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var store = new ContentStore(_folder.Path, Room);
            store.Put(Key("a"), file => file.Write(content));
            if (Read(store, "a") is { } read) // another one may just be taking its place on systems that cannot do so while it is read
                read.ShouldBe(content);
        });

        Read(new ContentStore(_folder.Path, Room), "a").ShouldBe(content);
        _folder.Files.ShouldHaveSingleItem();
    }

    [Fact]
    public void AWriterThatFailsLeavesNothing()
    {
        var store = new ContentStore(_folder.Path, Room);

        store.Put(Key("a"), _ => throw new IOException("the disk is full")).ShouldBeFalse();

        _folder.Files.ShouldBeEmpty();
    }

    [Fact]
    public void APlaceThatCanBeNoFolderKeepsNothing()
    {
        var store = new ContentStore(_folder.Write("file", [1]), Room);

        store.Put(Key("a"), file => file.Write([1])).ShouldBeFalse();

        Read(store, "a").ShouldBeNull();
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind this user");
        var store = new ContentStore(_folder.Path, Room);
        store.Put(Key("a"), file => file.Write([1, 2, 3]));
        var folders = new[] { _folder.Path, Path.GetDirectoryName(_folder[_folder.Files.Single()])! };
        try
        {
            Permit(folders, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            Read(store, "a").ShouldBe([1, 2, 3]);
            store.Put(Key("b"), file => file.Write([1])).ShouldBeFalse();
        }
        finally
        {
            Permit(folders, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void WhatWasUsedLongestAgoGoesFirst()
    {
        var store = new ContentStore(_folder.Path, mostBytes: 2500);
        foreach (var (age, key) in new[] { "a", "b" }.Index())
        {
            store.Put(Key(key), file => file.Write(new byte[1000]));
            File.SetLastWriteTimeUtc(_folder[_folder.Files.Single(file => file.Contains(Key(key), StringComparison.Ordinal))], DateTime.UtcNow.AddHours(age - 3));
        }

        Read(store, "a").ShouldNotBeNull(); // used just now

        store.Put(Key("c"), file => file.Write(new byte[1000]));

        Read(store, "a").ShouldNotBeNull();
        Read(store, "b").ShouldBeNull();
        Read(store, "c").ShouldNotBeNull();
    }

    [Fact]
    public void WhatWasLeftUnfinishedGoesAfterADay()
    {
        var (old, young) = (_folder.Write("00/x.tmp", [1]), _folder.Write("00/y.tmp", [1]));
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));

        new ContentStore(_folder.Path, Room).Put(Key("a"), file => file.Write([1]));

        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
    }

    private static void Permit(IEnumerable<string> folders, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var folder in folders)
            File.SetUnixFileMode(folder, mode);
    }

    private static string Key(string name) => new ContentKey().Add(name).Finish();

    private static byte[]? Read(ContentStore store, string name)
    {
        using var file = store.Open(Key(name));
        if (file is null)
            return null;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
