using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

/// <summary>The remote cache against a server that exists.</summary>
public sealed class NginxTests : IDisposable
{
    private static readonly string Key = new('2', 64);
    private static readonly byte[] Model = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 >> 3))];

    private readonly TestFolder _folder = new();
    private readonly List<string> _remarks = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindsWhatWasKeptAndNothingElse()
    {
        using var server = new NginxServer("PUT");
        using var tier = new HttpTier(server.Address, _remarks.Add);
        var cache = new ActionCache([tier]);

        Fetch(cache).ShouldBeNull();
        Keep(cache);

        Fetch(cache).ShouldBe(["m.onnx"]);
        File.ReadAllBytes(Path.Combine(_folder.Path, "fetched", "m.onnx")).ShouldBe(Model);
        server.Files.Select(file => Path.GetDirectoryName(file)).ShouldBe(["ac", "cas"], ignoreOrder: true);
        _remarks.ShouldBeEmpty();
    }

    [Fact]
    public void AServerThatIsOnlyReadIsRead()
    {
        using var server = new NginxServer("off");
        using var tier = new HttpTier(server.Address, _remarks.Add);
        var cache = new ActionCache([tier]);

        Keep(cache);

        Fetch(cache).ShouldBeNull();
        _remarks.ShouldHaveSingleItem().ShouldContain("takes no results");
    }

    [Fact]
    public async Task ManyWhoWriteAtOnceLeaveSomethingWhole()
    {
        using var server = new NginxServer("PUT");

        await Parallel.ForAsync(0, 8, (_, _) =>
        {
            using var tier = new HttpTier(server.Address, _ => { });
            Keep(new([tier]));
            return ValueTask.CompletedTask;
        });

        using var reader = new HttpTier(server.Address, _remarks.Add);
        Fetch(new([reader])).ShouldNotBeNull();
        File.ReadAllBytes(Path.Combine(_folder.Path, "fetched", "m.onnx")).ShouldBe(Model);
    }

    private void Keep(ActionCache cache) => cache.Keep(Key, [_folder.Write($"made-{Environment.CurrentManagedThreadId}/m.onnx", Model)]);

    private IReadOnlyList<string>? Fetch(ActionCache cache) => cache.Fetch(Key, name => name == "m.onnx", Directory.CreateDirectory(Path.Combine(_folder.Path, "fetched")).FullName);
}
