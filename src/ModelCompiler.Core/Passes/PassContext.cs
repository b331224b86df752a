using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The one door through which a graph changes: it applies, counts and logs edits, and can stop after the n-th to find a bad one.</summary>
/// <param name="stopAfter">Edits that are still applied over the context's whole life; the rest are refused. For bisecting.</param>
public sealed class PassContext(int stopAfter = int.MaxValue)
{
    private readonly List<AppliedEdit> _log = [];
    private readonly List<DeclinedEdit> _declined = [];
    private readonly HashSet<DeclinedEdit> _declinedBefore = [];

    /// <summary>Every edit that was applied, in order.</summary>
    public IReadOnlyList<AppliedEdit> Log => _log;

    /// <summary>Every place that a pass looked at and left alone, with its reason; once, however many rounds came by.</summary>
    public IReadOnlyList<DeclinedEdit> Declined => _declined;

    internal string CurrentPass { get; set; } = "";

    /// <summary>Applies an edit; false when the limit of edits is reached and nothing was changed.</summary>
    public bool Apply(GraphEdit edit)
    {
        if (_log.Count >= stopAfter)
            return false;
        edit.Commit();
        _log.Add(new AppliedEdit(CurrentPass, edit.Label));
        return true;
    }

    /// <summary>Says why a node that looked right was left alone.</summary>
    public void Decline(Node node, string reason)
    {
        var declined = new DeclinedEdit(CurrentPass, node.ToString(), reason);
        if (_declinedBefore.Add(declined))
            _declined.Add(declined);
    }
}

/// <summary>An edit that was carried out.</summary>
public sealed record AppliedEdit(string Pass, string Label);

/// <summary>A place that a pass left alone.</summary>
public sealed record DeclinedEdit(string Pass, string Node, string Reason);
