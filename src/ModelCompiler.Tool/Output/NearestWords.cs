namespace ModelCompiler.Tool.Output;

/// <summary>Finds the words that somebody may have meant.</summary>
internal static class NearestWords
{
    /// <summary>At most <paramref name="count"/> of <paramref name="words"/>, those first that begin as was typed, then by Levenshtein distance.</summary>
    public static IEnumerable<string> Of(string typed, IEnumerable<string> words, int count) =>
        words.OrderBy(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(typed, word)).Take(count);

    /// <summary>Insertions, deletions and replacements of one character that turn one word into the other; case counts nothing.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
