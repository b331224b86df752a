using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ModelCompiler.Tests.Caching;

/// <summary>nginx with WebDAV on this machine, as a team would run it; ends with the test.</summary>
internal sealed class NginxServer : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Process _process;
    private readonly int _port = FreePort();

    /// <param name="methods">Of WebDAV, such as <c>PUT</c>; <c>off</c> for a server that is only read.</param>
    public NginxServer(string methods)
        : this((port, files) => string.Create(CultureInfo.InvariantCulture, $$"""
            server {
              listen 127.0.0.1:{{port}};
              root {{files}};
              location / { dav_methods {{methods}}; create_full_put_path on; client_max_body_size 1g; }
            }
            """))
    {
    }

    /// <param name="server">The <c>server</c> block, from the port to listen on and the folder of the files.</param>
    public NginxServer(Func<int, string, string> server)
    {
        var program = Find();
        Assert.SkipWhen(program is null, "nginx is not installed");
        foreach (var name in new[] { "files", "logs", "temp" })
            Directory.CreateDirectory(Path.Combine(_folder.Path, name));
        File.WriteAllText(Path.Combine(_folder.Path, "nginx.conf"), Configuration(server(_port, Path.Combine(_folder.Path, "files"))));
        _process = Process.Start(new ProcessStartInfo(program, ["-p", _folder.Path, "-c", "nginx.conf", "-e", "logs/error.log"]) { UseShellExecute = false, RedirectStandardError = true })!;
        WaitUntilItListens();
    }

    public Uri Root => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));

    public IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(_folder.Path, "files"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(_folder.Path, "files"), file));

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(string server) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events {}
        http {
          access_log off;
          client_body_temp_path temp/body; proxy_temp_path temp/proxy; fastcgi_temp_path temp/fastcgi; uwsgi_temp_path temp/uwsgi; scgi_temp_path temp/scgi;
          {{server}}
        }
        """;

    private void WaitUntilItListens()
    {
        while (!_process.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException)
            {
                Thread.Yield();
            }
        }

        throw new InvalidOperationException($"nginx ended: {_process.StandardError.ReadToEnd()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find() => new[] { "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);
}
