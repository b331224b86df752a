using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>
/// Evaluation data that shows little or nothing of some classes. Labels of calibration data are taken as they come, since nobody gave them to measure by; so are
/// boxes, of which photos hold many kinds unevenly by nature.
/// </summary>
internal sealed class UnevenClasses : IDataCheck
{
    /// <summary>A set of fewer samples is a trial.</summary>
    private const int LeastSamples = 8;

    /// <summary>With so many samples a class, one that has none was left out.</summary>
    private const int SamplesOfEachClass = 10;

    /// <summary>How many times the largest class may be the smallest.</summary>
    private const int MostTimes = 20;

    private const int MostNamed = 3;

    public IEnumerable<ModelDiagnostic> Of(DataInUse data)
    {
        if (data.Evaluation is not { } evaluation || evaluation.Set.Classes is not { Count: >= LeastSamples } classes)
            yield break;
        var sizes = classes.CountBy(index => index).OrderBy(size => size.Value).ThenBy(size => size.Key).ToArray();
        if (Reason(sizes, classes.Count, data.Classes) is { } reason)
            yield return DiagnosticRules.ClassesUneven.Create(data.Model, evaluation.Name, reason.What, reason.Remedy);
    }

    private static (string What, string Remedy)? Reason(KeyValuePair<int, int>[] sizes, int samples, DataModel model)
    {
        if (sizes.Length == 1 && model.Classes is not 1)
            return ($"all {samples} samples are of {NameOf(sizes[0].Key, model)}, and a model that always answers so would be right every time", "Give samples of each class.");
        if (model.Classes is { } known && samples >= (long)SamplesOfEachClass * known && Missing(sizes, known, model) is { Length: > 0 } missing)
            return ($"{missing.Length} of {known} have no sample ({Few(missing)})", "Give samples of each class.");
        var (smallest, largest) = (sizes[0], sizes[^1]);
        if (largest.Value >= MostTimes * smallest.Value)
            return (string.Create(CultureInfo.InvariantCulture, $"{NameOf(largest.Key, model)} has {largest.Value} samples and {NameOf(smallest.Key, model)} {smallest.Value}"), "Accuracy is mostly that of the large classes; give more samples of the small ones.");
        return null;
    }

    private static string[] Missing(KeyValuePair<int, int>[] sizes, int classes, DataModel model)
    {
        var there = sizes.Select(size => size.Key).ToHashSet();
        return [.. Enumerable.Range(0, classes).Where(index => !there.Contains(index)).Select(index => NameOf(index, model))];
    }

    private static string Few(string[] names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "");

    private static string NameOf(int index, DataModel model) =>
        index < model.Labels.Count ? $"class {index} '{model.Labels[index]}'" : string.Create(CultureInfo.InvariantCulture, $"class {index}");
}
