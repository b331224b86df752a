namespace ModelCompiler.Caching;

/// <summary>What a cache is asked for.</summary>
internal enum EntryKind
{
    /// <summary>An <see cref="ActionResult"/>, under the key of everything it follows from. Nothing about it can be verified.</summary>
    Action,

    /// <summary>The content of a file, under its own SHA-256.</summary>
    Content,
}

/// <summary>An entry of a cache.</summary>
/// <param name="Kind">In which of the two spaces of keys.</param>
/// <param name="Hash">64 hexadecimal digits, in lower case.</param>
internal readonly record struct CacheEntry(EntryKind Kind, string Hash);
