using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The sections about what was done, with what, and to what.</summary>
internal static class HtmlDone
{
    public static Html Quantized(CompileReport report) => report.Quantized is { } quantized
        ? HtmlParts.Section("integers", "Integers", $"""
            <p>{quantized.Integer} of {quantized.Eligible} operators that have an integer kernel are computed in integers{Share(quantized.MacsShare)}.</p>
            {Kept(quantized.Kept)}
            """)
        : Html.None;

    public static Html Passes(CompileReport report) => HtmlParts.Section("passes", "Passes", report.Passes.Count > 0
        ? HtmlParts.Table("Passes", ["Pass", "#Edits", "#Declined"], report.Passes.Select(pass => (string[])[pass.Name, Number(pass.Edits), Number(pass.Declined)]))
        : HtmlParts.Paragraph("None: the model is as it was."));

    public static Html Diagnostics(CompileReport report) => HtmlParts.Section("diagnostics", "Diagnostics", report.Diagnostics.Count > 0
        ? $"""
            <dl>
            {report.Diagnostics.Select(Diagnostic)}</dl>

            """
        : HtmlParts.Paragraph("None."));

    public static Html Files(ReportSubject subject) => HtmlParts.Section("files", "Files", subject.Report.Compiled is { } compiled
        ? HtmlParts.Facts(
        [
            ("Source", HtmlParts.Text($"{subject.SourceFile}, {Figures.Bytes(subject.Report.Original.Bytes)}")),
            ("Compiled", HtmlParts.Text($"{subject.AssetFile}, {Figures.Bytes(compiled.Bytes)}")),
            ("SHA-256", HtmlParts.Code(compiled.Sha256)),
            .. Compressed(subject.Report.Compressed),
        ])
        : HtmlParts.Paragraph($"Source: {subject.SourceFile}. Nothing was written."));

    public static Html Provenance(ReportSubject subject) => HtmlParts.Section("provenance", "Provenance", HtmlParts.Facts(
    [
        ("Description", OrMissing(subject.Provenance.Description)),
        ("Licence", OrMissing(subject.Provenance.License)),
        ("Source", OrMissing(subject.Provenance.Source)),
        .. subject.Inputs.Select(input => ("Input", HtmlParts.Code(input))),
        .. subject.Outputs.Select(output => ("Output", HtmlParts.Code(output))),
    ]));

    private static string Share(double? share) => share is { } known ? $", which is {Figures.Percent(known)} of the model's multiply-accumulates" : "";

    private static Html Kept(IReadOnlyList<KeptNode> kept) => kept.Count > 0
        ? HtmlParts.Table("Nodes that were kept in float", ["Kept in float", "Why"], kept.Select(node => (string[])[node.Node, node.Reason]))
        : Html.None;

    private static Html Diagnostic(DiagnosticFacts diagnostic) => $"""
        <dt><span class="severity {diagnostic.Severity}">{diagnostic.Id} {diagnostic.Severity}</span></dt><dd>{diagnostic.Message}</dd>

        """;

    private static IEnumerable<(string, Html)> Compressed(CompressedFacts? compressed) => compressed is null ? [] :
    [
        ("Compressed", HtmlParts.Text(Figures.Bytes(compressed.Bytes))),
        ("SHA-256 of it", HtmlParts.Code(compressed.Sha256)),
    ];

    private static Html OrMissing(string? text) => string.IsNullOrWhiteSpace(text) ? (Html)$"""<span class="missing">missing</span>""" : $"{text}";

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
