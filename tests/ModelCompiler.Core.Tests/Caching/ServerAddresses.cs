using ModelCompiler.Caching;

namespace ModelCompiler.Tests.Caching;

internal static class ServerAddresses
{
    extension(CacheServer server)
    {
        /// <summary>Of somebody who knows nothing of the server yet.</summary>
        public RemoteCacheAddress Address => RemoteCacheAddress.Parse(server.Root.ToString(), uploads: true);
    }

    extension(NginxServer server)
    {
        /// <summary>Of somebody who knows nothing of the server yet.</summary>
        public RemoteCacheAddress Address => RemoteCacheAddress.Parse(server.Root.ToString(), uploads: true);
    }
}
