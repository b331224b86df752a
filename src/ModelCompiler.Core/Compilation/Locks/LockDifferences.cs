using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <summary>What a compile chose otherwise than the form that was accepted. None of it is worse by itself.</summary>
internal static class LockDifferences
{
    private const int MostNodesNamed = 3;

    /// <summary>Each in a few words.</summary>
    public static IEnumerable<string> Between(LockedForm locked, LockedForm present)
    {
        if (locked.Precision != present.Precision)
            yield return $"precision is {present.Precision}, and was {locked.Precision}";
        if (locked.Pruning != present.Pruning)
            yield return $"pruning is {Pruning(present)}, and was {Pruning(locked)}";
        if (locked.IntegerOperators != present.IntegerOperators)
            yield return Number($"{present.IntegerOperators ?? 0} operators are integer, and {locked.IntegerOperators ?? 0} were");
        if (Nodes(present.KeptInFloat, locked.KeptInFloat) is { } kept)
            yield return $"newly in float: {kept}";
        if (Nodes(locked.KeptInFloat, present.KeptInFloat) is { } integer)
            yield return $"no longer kept in float: {integer}";
        if (locked.Macs != present.Macs)
            yield return $"multiply-accumulates are {Count(present.Macs)}, and were {Count(locked.Macs)}";
        if (Ranges(locked, present) is { } ranges)
            yield return ranges;
        if (locked.Evaluation != present.Evaluation)
            yield return Data("evaluation", locked.Evaluation, present.Evaluation);
        if (locked.Calibration != present.Calibration)
            yield return Data("calibration", locked.Calibration, present.Calibration);
    }

    private static string Pruning(LockedForm form) => form.Pruning is { } pruning ? $"{pruning.Method} by {Text.Percent(pruning.Removed)}" : "none";

    /// <summary>Those of the first that the second has not; null where there are none.</summary>
    private static string? Nodes(EquatableArray<string> nodes, EquatableArray<string> others)
    {
        var only = nodes.Except(others, StringComparer.Ordinal).ToArray();
        var more = only.Length > MostNodesNamed ? Number($" and {only.Length - MostNodesNamed} more") : "";
        return only.Length == 0 ? null : string.Join(", ", only.Take(MostNodesNamed)) + more;
    }

    /// <summary>Of tensors that both have; what came or went with the others follows from what was said before.</summary>
    private static string? Ranges(LockedForm locked, LockedForm present)
    {
        var were = locked.Ranges.ToDictionary(range => range.Tensor, range => range.Range, StringComparer.Ordinal);
        var changed = present.Ranges.Where(range => were.TryGetValue(range.Tensor, out var was) && was != range.Range).ToArray();
        return changed is [var first, ..]
            ? Number($"the range of {changed.Length} of {present.Ranges.Count} activations, of '{first.Tensor}' {first.Range} and was {were[first.Tensor]}")
            : null;
    }

    private static string Data(string name, string? was, string? now) =>
        was is null ? $"there is {name} data now" : now is null ? $"there is no {name} data any more" : $"the {name} data is another";

    private static string Count(long? macs) => macs is { } known ? Number($"{known:N0}") : "unknown";

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
