namespace CompileBench;

/// <summary>The page that holds the last table, between two marks.</summary>
internal static class BenchPage
{
    private const string Begin = "<!-- table -->";
    private const string End = "<!-- end of table -->";

    public static void Replace(string path, IReadOnlyList<string> table)
    {
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, $"{page[..from]}\n\n{string.Join('\n', table)}\n\n{page[to..]}");
    }
}
