using ModelCompiler.Contract;

namespace ModelCompiler.Caching;

/// <summary>Where a team's cache is.</summary>
/// <param name="Root">Ends with a slash.</param>
/// <param name="Uploads">False: results are only taken from it.</param>
public sealed record RemoteCacheAddress(Uri Root, bool Uploads = true)
{
    /// <summary>The environment variable with the value of the <c>Authorization</c> header, which is never written anywhere.</summary>
    public const string AuthorizationVariable = "MODELCOMPILER_REMOTE_CACHE_AUTHORIZATION";

    /// <summary>Null for none.</summary>
    internal string? Authorization { get; init; }

    /// <summary>What is known of the server, by all who have this address.</summary>
    internal RemoteCacheState State { get; } = new();

    /// <summary>For messages: without a user's name and password.</summary>
    public string Name => Root.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <exception cref="DiagnosticException">MC5004: not the address of a server.</exception>
    public static RemoteCacheAddress Parse(string address, bool uploads)
    {
        if (!Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https") || root.UserInfo.Length > 0)
            throw new DiagnosticException(DiagnosticRules.RemoteCacheInvalid.Create(null, AuthorizationVariable));
        return new(root, uploads) { Authorization = Environment.GetEnvironmentVariable(AuthorizationVariable) is { Length: > 0 } words ? words : null };
    }

    internal Uri Of(CacheEntry entry) => new(Root, $"{(entry.Kind == EntryKind.Action ? "ac" : "cas")}/{entry.Hash}");

    /// <summary>Keeps the authorization out of everything that is printed.</summary>
    public override string ToString() => Name;
}
