using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

/// <summary>Files of finished work, in a folder and on a server.</summary>
public sealed class ActionCacheTests : IDisposable
{
    private static readonly string Key = new('1', 64);
    private static readonly byte[] Model = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    private readonly TestFolder _folder = new();
    private readonly CacheServer _server = new();
    private readonly List<string> _remarks = [];
    private readonly List<HttpTier> _tiers = [];

    public void Dispose()
    {
        _tiers.ForEach(tier => tier.Dispose());
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AMissIsNoTrouble()
    {
        Fetch(new(Both())).ShouldBeNull();

        _remarks.ShouldBeEmpty();
        _server.Requests.ShouldHaveSingleItem().Path.ShouldBe($"/models/ac/{Key}");
    }

    [Fact]
    public void WhatOneMachineKeptAnotherOneFindsAndKeepsNearby()
    {
        Keep(new([Remote()]));
        _server.Requests.Select(request => request.Path[..11]).ShouldBe(["/models/cas", "/models/cas", "/models/ac/"], "the result comes last: whoever finds it finds its files");

        Fetch(new(Both())).ShouldBe(["m.onnx", "m.report.json"]);
        File.ReadAllBytes(Fetched("m.onnx")).ShouldBe(Model);
        _server.Dispose();
        Fetch(new([Local()])).ShouldBe(["m.onnx", "m.report.json"], "the second time it is there already");

        _remarks.ShouldBeEmpty();
    }

    [Fact]
    public void AuthorizationIsSentAndNeverPrinted()
    {
        var address = _server.Address with { Authorization = "Bearer very-secret" };
        using var tier = new HttpTier(address, _remarks.Add);

        Keep(new([tier]));
        _server.Answer = _ => new(401, []);
        Fetch(new([tier])).ShouldBeNull();

        _server.Requests.ShouldAllBe(request => request.Authorization == "Bearer very-secret");
        _remarks.ShouldHaveSingleItem().ShouldContain("401");
        $"{address} {address.Name} {_remarks[0]}".ShouldNotContain("secret");
    }

    [Fact]
    public void AuthorizationDoesNotFollowToAnotherPlace()
    {
        Keep(new([Remote()]));
        using var other = new CacheServer();
        foreach (var (path, body) in _server.Entries)
            other.Entries[path] = body;
        _server.Answer = request => new(302, []) { Location = new Uri(other.Root, request.Path).ToString() };
        using var tier = new HttpTier(_server.Address with { Authorization = "Bearer very-secret" }, _remarks.Add);

        Fetch(new([tier])).ShouldNotBeNull();

        other.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(405)]
    public void AServerThatTakesNothingIsOnlyRead(int status)
    {
        Keep(new([Remote()]));
        _server.Answer = request => request.Method == "PUT" ? new(status, []) : _server.Keep(request);
        var tier = Remote();

        Keep(new([tier]));
        Keep(new([tier]));

        Fetch(new([tier])).ShouldNotBeNull();
        _remarks.ShouldHaveSingleItem().ShouldContain("takes no results");
    }

    [Fact]
    public void WhoMayNotUploadDoesNotTry()
    {
        using var tier = new HttpTier(_server.Address with { Uploads = false }, _remarks.Add);

        Keep(new([tier]));

        _server.Requests.ShouldBeEmpty();
        _remarks.ShouldBeEmpty();
    }

    [Fact]
    public void AServerThatIsDownIsLeftAlone()
    {
        var tier = Remote();
        _server.Dispose();

        Fetch(new([tier])).ShouldBeNull();
        Keep(new([tier]));

        _remarks.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(400)]
    public void AServerThatFailsIsLeftAloneAfterTheFirstTime(int status)
    {
        _server.Answer = _ => new(status, []);
        var tier = Remote();

        Fetch(new([tier])).ShouldBeNull();
        Fetch(new([tier])).ShouldBeNull();

        _remarks.ShouldHaveSingleItem().ShouldContain($"{status}");
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)] // before the first byte
    [InlineData(true)] // within the content
    public void AServerThatFallsSilentIsLeftAlone(bool afterHalf)
    {
        Keep(new([Remote()]));
        _server.Answer = request => !request.Path.Contains("/cas/", StringComparison.Ordinal) ? _server.Keep(request) :
            afterHalf ? new(200, Model[..5000]) { Length = Model.Length, FallsSilent = true } : null;
        using var tier = new HttpTier(_server.Address, _remarks.Add) { Patience = TimeSpan.FromMilliseconds(200) };

        Fetch(new([tier])).ShouldBeNull();

        _remarks.ShouldHaveSingleItem().ShouldContain("silent");
    }

    [Fact]
    public void ContentThatWasCutOffIsNotUsed()
    {
        Keep(new([Remote()]));
        _server.Answer = request => _server.Keep(request) is { Status: 200 } whole && request.Path.Contains("/cas/", StringComparison.Ordinal) ? whole with { Body = whole.Body[..(whole.Body.Length / 2)], Length = whole.Body.Length } : _server.Keep(request);

        Fetch(new(Both())).ShouldBeNull();
    }

    [Fact]
    public void OtherBytesThanThePromisedAreNotUsed()
    {
        Keep(new([Remote()]));
        foreach (var path in _server.Entries.Keys.Where(path => path.Contains("/cas/", StringComparison.Ordinal)))
            _server.Entries[path] = [.. _server.Entries[path].Select(value => (byte)(value ^ 1))];

        Fetch(new(Both())).ShouldBeNull();

        new DirectoryInfo(Path.Combine(_folder.Path, "local")).Exists.ShouldBeFalse("nothing of it was kept");
    }

    [Fact]
    public void MoreBytesThanPromisedAreNotReadToTheEnd()
    {
        Keep(new([Remote()]));
        _server.Answer = request => request.Path.Contains("/cas/", StringComparison.Ordinal) ? new(200, new byte[1 << 20]) { Length = int.MaxValue, FallsSilent = true } : _server.Keep(request);

        Fetch(new([Remote()])).ShouldBeNull();

        _remarks.ShouldBeEmpty("nobody waited for the rest");
    }

    [Fact]
    public void AResultThatNamesOtherFilesIsNotUsed()
    {
        var file = _folder.Write("made/evil.dll", [1]);
        new ActionCache([Remote()]).Keep(Key, [file]);

        Fetch(new([Remote()])).ShouldBeNull();

        File.Exists(Fetched("evil.dll")).ShouldBeFalse();
    }

    [Fact]
    public async Task ManyWhoWriteAtOnceLeaveSomethingWhole()
    {
        await Parallel.ForAsync(0, 8, (_, _) =>
        {
            using var tier = new HttpTier(_server.Address, _ => { });
            Keep(new([tier]));
            return ValueTask.CompletedTask;
        });

        Fetch(new([Remote()])).ShouldNotBeNull();
        File.ReadAllBytes(Fetched("m.onnx")).ShouldBe(Model);
    }

    [Theory]
    [InlineData("cache.example/models")]
    [InlineData("ftp://cache.example")]
    [InlineData("https://me:secret@cache.example")]
    public void AnAddressThatIsNoServersIsRefused(string address) =>
        Should.Throw<Contract.DiagnosticException>(() => RemoteCacheAddress.Parse(address, uploads: true)).Message.ShouldNotContain("secret");

    private ICacheTier[] Both() => [Local(), Remote()];

    private FolderTier Local() => new(Path.Combine(_folder.Path, "local"), 1 << 20);

    private HttpTier Remote()
    {
        var tier = new HttpTier(_server.Address, _remarks.Add);
        _tiers.Add(tier);
        return tier;
    }

    private void Keep(ActionCache cache) => cache.Keep(Key, [_folder.Write($"made-{Environment.CurrentManagedThreadId}/m.onnx", Model), _folder.Write($"made-{Environment.CurrentManagedThreadId}/m.report.json", "{}")]);

    private IReadOnlyList<string>? Fetch(ActionCache cache) => cache.Fetch(Key, name => name.StartsWith("m.", StringComparison.Ordinal), Directory.CreateDirectory(Fetched("")).FullName);

    private string Fetched(string name) => Path.Combine(_folder.Path, "fetched", name);
}
