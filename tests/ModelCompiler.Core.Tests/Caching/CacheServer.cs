using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModelCompiler.Tests.Caching;

/// <summary>What a server was asked.</summary>
internal sealed record CacheRequest(string Method, string Path, string? Authorization, byte[] Body);

/// <summary>What it answers: <see cref="Length"/> bytes are promised, and the body is sent.</summary>
internal sealed record CacheReply(int Status, byte[] Body)
{
    public int Length { get; init; } = Body.Length;

    public string? Location { get; init; }

    /// <summary>Sends nothing more once the body is sent, and leaves the connection open.</summary>
    public bool FallsSilent { get; init; }
}

/// <summary>A server on this machine that keeps what it is given, or does what a test wants it to.</summary>
internal sealed class CacheServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];

    public CacheServer()
    {
        Answer = Keep;
        _listener.Start();
        _ = Accept();
    }

    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<CacheRequest> Requests { get; } = [];

    /// <summary>Null for no answer at all.</summary>
    public Func<CacheRequest, CacheReply?> Answer { get; set; }

    public Uri Root => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/models/"));

    /// <summary>What a good server does.</summary>
    public CacheReply Keep(CacheRequest request)
    {
        if (request.Method == "PUT")
            Entries[request.Path] = request.Body;
        return request.Method == "PUT" ? new(201, []) : Entries.TryGetValue(request.Path, out var body) ? new(200, body) : new(404, []);
    }

    public void Dispose()
    {
        _listener.Stop();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var request = Read(stream);
            Requests.Enqueue(request);
            if (Answer(request) is not { } reply)
                return;
            var location = reply.Location is { } place ? $"Location: {place}\r\n" : "";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Whatever\r\nContent-Length: {reply.Length}\r\nConnection: close\r\n{location}\r\n")));
            await stream.WriteAsync(reply.Body);
            if (!reply.FallsSilent)
                client.Dispose();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private static CacheRequest Read(NetworkStream stream)
    {
        var lines = new List<string>();
        while (ReadLine(stream) is { Length: > 0 } line)
            lines.Add(line);
        var length = lines.Find(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } found ? int.Parse(found[15..], CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        stream.ReadExactly(body);
        var authorization = lines.Find(line => line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase))?[14..].Trim();
        var words = lines[0].Split(' ');
        return new(words[0], words[1], authorization, body);
    }

    private static string ReadLine(NetworkStream stream)
    {
        var line = new StringBuilder();
        for (var next = stream.ReadByte(); next is not (-1 or '\n'); next = stream.ReadByte())
            line.Append((char)next);
        return line.ToString().TrimEnd('\r');
    }
}
