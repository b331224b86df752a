namespace ModelCompiler.Contract;

/// <summary>What the files with the evidence of a compile are called: <c>&lt;name&gt;.&lt;profile&gt;</c> and one of these.</summary>
public static class ReportEndings
{
    /// <summary>Everything that was done and measured, for programs.</summary>
    public const string Json = ".report.json";

    /// <summary>The same as a page for people.</summary>
    public const string Page = ".report.html";

    /// <summary>The model card.</summary>
    public const string Card = ".card.md";

    /// <summary>The bill of materials, in CycloneDX.</summary>
    public const string Bom = ".cdx.json";

    /// <summary>Those that are made from the first.</summary>
    public static EquatableArray<string> Documents { get; } = new([Page, Card, Bom]);
}
