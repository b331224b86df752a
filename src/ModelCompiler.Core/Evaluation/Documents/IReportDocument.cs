namespace ModelCompiler.Evaluation.Documents;

/// <summary>The evidence of a compile in a form that people, or programs other than ours, read.</summary>
public interface IReportDocument
{
    /// <summary>What its file is called: <c>&lt;name&gt;.&lt;profile&gt;</c> and this.</summary>
    string Ending { get; }

    /// <summary>The whole text; a function of the subject and of nothing else.</summary>
    string Write(ReportSubject subject);
}
