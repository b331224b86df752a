using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ModelCompiler.Caching;

/// <summary>
/// A cache that a team shares: a server of the plain HTTP protocol of Bazel's remote caches (bazel-remote, buildbarn, nginx with WebDAV), GET and PUT of <c>/ac/&lt;key&gt;</c> and
/// <c>/cas/&lt;sha256&gt;</c>. It makes builds faster and never fails one: after the first trouble it is left alone.
/// </summary>
/// <param name="server">Address of the cache, with or without a path.</param>
/// <param name="remark">Is told once that the server is left alone, or only read, and why: the words that follow its name.</param>
internal sealed class HttpTier(RemoteCacheAddress server, Action<string> remark) : ICacheTier, IDisposable
{
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How long the server may say nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public bool Get(CacheEntry entry, Stream target, long mostBytes) => !server.State.IsLeftAlone && Try(async patience =>
    {
        using var response = await _client.SendAsync(RequestFor(HttpMethod.Get, entry), HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        if (!response.IsSuccessStatusCode)
            return LeaveAlone($"it answers {Words(response)}");
        using var content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        return await Copy(content, target, mostBytes, patience).ConfigureAwait(false);
    });

    public void Put(CacheEntry entry, Stream content)
    {
        if (!server.Uploads || server.State.IsLeftAlone || server.State.IsReadOnly)
            return;
        Try(async patience =>
        {
            // The length is known, so that a server need not take a request in chunks; and the stream stays the caller's.
            var request = RequestFor(HttpMethod.Put, entry);
            request.Content = new StreamContent(new Watched(content, () => patience.CancelAfter(Patience)));
            request.Content.Headers.ContentLength = content.Length;
            using var response = await _client.SendAsync(request, patience.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return true;
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed)
            {
                server.State.IsReadOnly = true;
                remark($"takes no results from here ({Words(response)}) and is only read");
                return false;
            }

            return LeaveAlone($"it answers {Words(response)} to what it is given");
        });
    }

    public void Dispose() => _client.Dispose();

    private bool Try(Func<CancellationTokenSource, Task<bool>> work)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return work(patience).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return LeaveAlone(string.Create(CultureInfo.InvariantCulture, $"it was silent for {Patience.TotalSeconds:0.#} s"));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException)
        {
            return LeaveAlone(error.Message.TrimEnd('.'));
        }
    }

    private async Task<bool> Copy(Stream content, Stream target, long mostBytes, CancellationTokenSource patience)
    {
        var buffer = new byte[1 << 16];
        for (var copied = 0L; ;)
        {
            var read = await content.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            if (read == 0)
                return true;
            if ((copied += read) > mostBytes)
                return false;
            patience.CancelAfter(Patience);
            await target.WriteAsync(buffer.AsMemory(0, read), patience.Token).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage RequestFor(HttpMethod method, CacheEntry entry) => new(method, server.Of(entry))
    {
        Headers = { Authorization = server.Authorization is { } words && AuthenticationHeaderValue.TryParse(words, out var header) ? header : null },
    };

    private bool LeaveAlone(string reason)
    {
        server.State.IsLeftAlone = true;
        remark($"is left alone, since {reason}");
        return false;
    }

    private static string Words(HttpResponseMessage response) => string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
}
