namespace ModelCompiler.Evaluation.Documents;

/// <summary>What sections of the page are made of.</summary>
internal static class HtmlParts
{
    public static Html Section(string id, string title, Html content) => $"""
        <section aria-labelledby="{id}">
        <h2 id="{id}">{title}</h2>
        {content}</section>

        """;

    public static Html Paragraph(string text) => $"""
        <p>{text}</p>

        """;

    /// <summary>Scrolls in itself where the screen is narrower, also with the keyboard.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="columns">Titles; one that starts with # is of numbers.</param>
    /// <param name="rows">A text for each column.</param>
    public static Html Table(string label, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => $"""
        <div class="scroll" role="region" aria-label="{label}" tabindex="0">
        <table>
        <thead><tr>{columns.Select(Heading)}</tr></thead>
        <tbody>
        {rows.Select(row => Row(columns, row))}</tbody>
        </table>
        </div>

        """;

    public static Html Facts(IEnumerable<(string Name, Html Value)> facts) => $"""
        <dl>
        {facts.Select(fact => Fact(fact.Name, fact.Value))}</dl>

        """;

    public static Html Text(string text) => $"{text}";

    public static Html Code(string text) => $"<code>{text}</code>";

    private static Html Heading(string title) => IsNumber(title) ? (Html)$"""<th scope="col" class="number">{title[1..]}</th>""" : $"""<th scope="col">{title}</th>""";

    private static Html Row(IReadOnlyList<string> columns, IReadOnlyList<string> row) => $"""
        <tr>{row.Select((text, column) => Cell(columns[column], text))}</tr>

        """;

    private static Html Cell(string column, string text) => IsNumber(column) ? (Html)$"""<td class="number">{text}</td>""" : $"<td>{text}</td>";

    private static Html Fact(string name, Html value) => $"""
        <dt>{name}</dt><dd>{value}</dd>

        """;

    private static bool IsNumber(string column) => column.StartsWith('#');
}
