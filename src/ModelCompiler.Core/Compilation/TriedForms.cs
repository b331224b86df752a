using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>Every form that was measured on the way to the one that is shipped.</summary>
internal sealed class TriedForms
{
    private const string NotChosen = "another form was better";

    private readonly List<(Candidate Candidate, FormFacts Facts)> _forms = [];

    /// <summary>Adds a form, or what is known of it now. Its files may be those of another one later.</summary>
    /// <param name="trial">What was measured; a form is the same where its candidate is.</param>
    /// <param name="refusal">Why it is not taken; null where nothing speaks against it so far.</param>
    public void Note(Trial trial, string? refusal = null)
    {
        var known = _forms.FindIndex(form => ReferenceEquals(form.Candidate, trial.Candidate));
        var facts = ReportBuilder.Form(trial, refusal ?? (known < 0 ? null : _forms[known].Facts.Refusal));
        if (known < 0)
            _forms.Add((trial.Candidate, facts));
        else
            _forms[known] = (trial.Candidate, facts);
    }

    /// <summary>All of them, when one was chosen.</summary>
    public IReadOnlyList<FormFacts> Facts(Candidate shipped) =>
        [.. _forms.Select(form => form.Facts with { Refusal = ReferenceEquals(form.Candidate, shipped) ? null : form.Facts.Refusal ?? NotChosen })];
}
