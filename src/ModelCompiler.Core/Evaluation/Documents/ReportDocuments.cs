namespace ModelCompiler.Evaluation.Documents;

/// <summary>The documents that are written beside every compiled model.</summary>
public static class ReportDocuments
{
    public static IReadOnlyList<IReportDocument> All { get; } = [new HtmlReport(), new ModelCard(), new MlBom()];
}
