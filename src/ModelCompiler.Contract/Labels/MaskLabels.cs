namespace ModelCompiler.Contract;

/// <summary>Where the masks of a folder of pictures are: in a folder <c>masks</c> in it, or in one that mirrors a folder <c>images</c>.</summary>
public static class MaskLabels
{
    /// <summary>The folder with the masks.</summary>
    public const string Folder = "masks";

    /// <summary>The path in which the last folder <c>images</c> is <c>masks</c>; null where there is none in it.</summary>
    public static string? MirrorOf(string pictures) => BoxLabels.MirrorOf(pictures, Folder);
}
