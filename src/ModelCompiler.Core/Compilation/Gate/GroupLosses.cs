using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>Classes and slices that are lost although accuracy as a whole may hold.</summary>
/// <param name="limit">What a single one may lose.</param>
/// <param name="original">Knows the names of the classes.</param>
internal sealed class GroupLosses(ClassLimit limit, OriginalModel original)
{
    /// <summary>The worst loss that is over the limit, for people; null where there is none.</summary>
    /// <param name="accuracy">Of any metric; only top-1 knows classes and slices.</param>
    public string? Reason(Accuracy? accuracy) => accuracy is not Top1Accuracy top1
        ? null
        : (limit.Over(top1.Classes) is [var lost, ..] ? Reason(NameOf(lost), lost) : null) ?? (limit.Over(top1.Slices) is [var slice, ..] ? Reason(NameOf(slice), slice) : null);

    /// <summary>What a single one may lose, as a fraction.</summary>
    public double MaxDrop => limit.MaxDrop;

    /// <summary>The class that lost most of those that lost too much; null where none did.</summary>
    public (string Name, GroupAccuracy Worst)? LostClass(Top1Accuracy accuracy) =>
        limit.Over(accuracy.Classes) is [var worst, ..] lost ? (NameOf(worst) + Others(lost.Count, "classes"), worst) : null;

    /// <summary>The same of slices.</summary>
    public (string Name, GroupAccuracy Worst)? LostSlice(Top1Accuracy accuracy) =>
        limit.Over(accuracy.Slices) is [var worst, ..] lost ? (NameOf(worst) + Others(lost.Count, "slices"), worst) : null;

    private static string Reason(string name, GroupAccuracy group) =>
        $"the accuracy of {name} would fall from {Text.Percent(group.Original)} to {Text.Percent(group.Compiled)} (n={group.Samples})";

    private static string Others(int count, string groups) => count == 1 ? "" : $" (the worst of {count} {groups} that lost too much)";

    private string NameOf(ClassAccuracy group) => original.NameOfClass(group.Class);

    private static string NameOf(SliceAccuracy group) => $"the slice '{group.Slice}'";
}
