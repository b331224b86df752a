using System.Text;
using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The YAML at the head of a model card, in the Hugging Face Hub's words (huggingface.co/docs/hub/model-cards).</summary>
internal static class FrontMatter
{
    public static string Of(ReportSubject subject)
    {
        var yaml = new StringBuilder("---\n");
        if (subject.Provenance.License is { Length: > 0 } license)
            License(yaml, license);
        yaml.Append("library_name: onnx\n").Append("tags:\n");
        foreach (var tag in Tags(subject))
            yaml.Append("- ").Append(YamlText.Quoted(tag)).Append('\n');
        if (MeasuredMetrics.Of(subject.Report) is { Count: > 0 } metrics)
            Results(yaml, subject, metrics);
        return yaml.Append("---\n").ToString();
    }

    private static void License(StringBuilder yaml, string license)
    {
        yaml.Append("license: ").Append(SpdxLicenses.HubKeyOf(license) ?? "other").Append('\n');
        if (SpdxLicenses.HubKeyOf(license) is null)
            yaml.Append("license_name: ").Append(YamlText.Quoted(license)).Append('\n');
    }

    private static IEnumerable<string> Tags(ReportSubject subject)
    {
        yield return "onnx";
        yield return subject.Report.Precision;
        yield return subject.Report.Profile;
        if (TaskOf(subject) is not Other and var task)
            yield return task;
    }

    private static void Results(StringBuilder yaml, ReportSubject subject, IReadOnlyList<MeasuredMetric> metrics)
    {
        yaml.Append("model-index:\n- name: ").Append(YamlText.Quoted(subject.Name)).Append("\n  results:\n")
            .Append("  - task:\n      type: ").Append(TaskOf(subject)).Append('\n')
            .Append("    dataset:\n      type: ").Append(Other).Append("\n      name: ").Append(YamlText.Quoted("the project's own data")).Append('\n')
            .Append("    metrics:\n");
        foreach (var metric in metrics)
            yaml.Append("    - type: ").Append(YamlText.Quoted(metric.Type)).Append("\n      value: ").Append(Figures.Plain(metric.Value)).Append('\n');
    }

    private const string Other = "other";

    private static string TaskOf(ReportSubject subject) => subject.Task switch
    {
        ModelTask.Classification when subject.TakesImages => "image-classification",
        ModelTask.Detection => "object-detection",
        ModelTask.Segmentation => "image-segmentation",
        ModelTask.Embedding when subject.TakesImages => "image-feature-extraction",
        ModelTask.Embedding => "feature-extraction",
        ModelTask.Regression => "tabular-regression",
        _ => Other,
    };
}
