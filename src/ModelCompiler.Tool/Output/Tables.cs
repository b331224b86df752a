using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelCompiler.Tool.Output;

/// <summary>Tables for people. Only the methods here load Spectre.Console, so commands that print JSON start without it.</summary>
internal static class Tables
{
    /// <summary>Wide enough that nothing is wrapped where no terminal shows it.</summary>
    private const int RedirectedWidth = 400;

    /// <summary>Prints rows under headings; a heading that begins with <c>&gt;</c> aligns its column to the right.</summary>
    public static void Print(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
            table.AddColumn(Column(heading));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        Write(table);
    }

    /// <summary>Prints what belongs together as a name and its value.</summary>
    public static void PrintPairs(IEnumerable<(string Name, string Value)> pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true }).AddColumn();
        foreach (var (name, value) in pairs)
            grid.AddRow(new Text(name), new Text(value));
        Write(grid);
    }

    private static TableColumn Column(string heading)
    {
        var isRight = heading.StartsWith('>');
        return new TableColumn(new Text(heading.TrimStart('>'), new Style(decoration: Decoration.Bold)))
        {
            Alignment = isRight ? Justify.Right : Justify.Left,
            NoWrap = isRight,
        };
    }

    private static void Write(IRenderable content)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        console.Write(content);
    }
}
