using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>Names that must differ from each other. Names that differ only in how they were cleaned get a number.</summary>
internal sealed class NameScope(params string[] reserved)
{
    private readonly HashSet<string> _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>The name itself where it is free, else the name with the first free number from 2 on.</summary>
    public string Take(string name)
    {
        var candidate = name;
        for (var number = 2; !_taken.Add(candidate); number++)
            candidate = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return candidate;
    }

    /// <summary>Whether a name is free; it is taken if so.</summary>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary><c>Data0</c> → <c>data0</c>, <c>In</c> → <c>@in</c>.</summary>
    public static string CamelCase(string pascalCase)
    {
        var capitals = pascalCase.TakeWhile(char.IsUpper).Count();
        // HTMLText → htmlText, ID → id, Data → data
        var lowered = capitals <= 1 || capitals == pascalCase.Length ? Math.Max(1, capitals) : capitals - 1;
        return pascalCase.Substring(0, lowered).ToLowerInvariant() + pascalCase.Substring(lowered);
    }

    /// <summary>The parameter's name as it is written.</summary>
    public static string Escape(string name) => Identifiers.IsKeyword(name) ? "@" + name : name;
}
