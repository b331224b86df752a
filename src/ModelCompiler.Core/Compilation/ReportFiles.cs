using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>The report of a compile beside its asset: once for programs, and as the documents that are made from it.</summary>
internal static class ReportFiles
{
    public static void Publish(CompileJob job, CompileReport report, StagingFolder staging)
    {
        var subject = Subject(job, report);
        foreach (var document in ReportDocuments.All)
            staging.PublishText(job.PathWith(document.Ending), document.Write(subject));
        staging.PublishText(job.ReportPath, ReportJson.Write(report));
    }

    private static ReportSubject Subject(CompileJob job, CompileReport report)
    {
        var subject = new ReportSubject(job.Name, report, job.Options.Provenance) { Task = job.Options.Task };
        try
        {
            var signature = SignatureReader.Read(job.Model);
            subject = subject with { Provenance = ManifestBuilder.Provenance(job.Options.Provenance, signature.Metadata) };
            var description = ModelDescriber.Describe(job.Model, signature, job.Options, report: _ => { });
            return subject with
            {
                Task = description.Task,
                Inputs = [.. description.Inputs.Select(input => ValueText.Of(input.Value))],
                Outputs = [.. description.Outputs.Select(output => ValueText.Of(output.Value))],
                TakesImages = description.Inputs.Any(input => input.Image is not null),
            };
        }
        catch (DiagnosticException)
        {
            return subject; // a build that copies models as they are asks for less than a description does
        }
    }
}
