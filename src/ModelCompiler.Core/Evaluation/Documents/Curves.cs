namespace ModelCompiler.Evaluation.Documents;

/// <summary>Small drawings of how two models do while something grows: the original in a solid line, the compiled model in a dashed one.</summary>
internal static class Curves
{
    private const double Left = 38, Right = 210, Top = 10, Bottom = 104;

    /// <summary>What the lines mean, once for all drawings.</summary>
    public static Html Legend => $"""
        <svg class="legend" viewBox="0 0 260 20" role="img" aria-label="Solid line with dots: original. Dashed line with squares: compiled.">
        <path class="curve before" d="M4 10H44"/><circle class="dot" cx="24" cy="10" r="3"/><text x="50" y="14">original</text>
        <path class="curve after" d="M124 10H164"/><rect class="point" x="141" y="7" width="6" height="6"/><text x="170" y="14">compiled</text></svg>

        """;

    /// <summary>Shares from 0 to 1, at the places 0, 1, 2, …</summary>
    /// <param name="title">What grows.</param>
    /// <param name="original">At least two.</param>
    /// <param name="compiled">As many.</param>
    public static Html Of(string title, IReadOnlyList<double> original, IReadOnlyList<double> compiled)
    {
        var described = $"{title}: {string.Join(", ", original.Select((share, place) => FormattableString.Invariant($"at {place} original {Figures.Percent(share)} compiled {Figures.Percent(compiled[place])}")))}";
        return $"""
            <svg viewBox="0 0 220 124" role="img" aria-label="{described}">
            <path class="axis" fill="none" d="M{Left} {Top}V{Bottom}H{Right}"/>
            <text x="{Left - 4}" y="{Top + 4}" text-anchor="end">100 %</text><text x="{Left - 4}" y="{Bottom}" text-anchor="end">0 %</text>
            {original.Select((_, place) => Tick(place, original.Count))}
            <polyline class="curve before" points="{Points(original)}"/>
            {original.Select((share, place) => Dot(X(place, original.Count), Y(share)))}
            <polyline class="curve after" points="{Points(compiled)}"/>
            {compiled.Select((share, place) => Square(X(place, compiled.Count), Y(share)))}</svg>

            """;
    }

    private static double X(int place, int count) => Left + 6 + (place * (Right - Left - 12) / (count - 1));

    private static double Y(double share) => Bottom - (share * (Bottom - Top));

    private static IEnumerable<Html> Points(IReadOnlyList<double> shares) => shares.Select((share, place) => (Html)$"{X(place, shares.Count)},{Y(share)} ");

    private static Html Tick(int place, int count) => $"""<text x="{X(place, count)}" y="{Bottom + 15}" text-anchor="middle">{place}</text>""";

    private static Html Dot(double x, double y) => $"""<circle class="dot" cx="{x}" cy="{y}" r="3"/>""";

    private static Html Square(double x, double y) => $"""<rect class="point" x="{x - 2.5}" y="{y - 2.5}" width="5" height="5"/>""";
}
