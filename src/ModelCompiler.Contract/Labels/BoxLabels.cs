namespace ModelCompiler.Contract;

/// <summary>Where the tools around YOLO keep the boxes of a folder of pictures: beside them, or in a folder <c>labels</c> that mirrors a folder <c>images</c>.</summary>
public static class BoxLabels
{
    /// <summary>The folder with the pictures, below one that has <see cref="Folder"/> beside it.</summary>
    public const string Pictures = "images";

    /// <summary>The folder with the boxes.</summary>
    public const string Folder = "labels";

    /// <summary>The path in which the last folder <c>images</c> is <c>labels</c>; null where there is none in it.</summary>
    public static string? MirrorOf(string pictures) => MirrorOf(pictures, Folder);

    /// <summary>The same with another name for <c>labels</c>.</summary>
    internal static string? MirrorOf(string pictures, string folder)
    {
        var parts = Path.GetFullPath(pictures).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        var place = Array.FindLastIndex(parts, part => string.Equals(part, Pictures, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
            return null;
        parts[place] = folder;
        return string.Join(Path.DirectorySeparatorChar.ToString(), parts);
    }
}
