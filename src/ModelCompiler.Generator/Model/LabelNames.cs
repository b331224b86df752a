using System.Globalization;
using System.Text.RegularExpressions;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>Enum members from the text of labels.</summary>
/// <remarks>
/// ImageNet's lists say <c>n01440764 tench, Tinca tinca</c>: the WordNet number is dropped and the first synonym taken. Where two labels
/// would get one name, both synonyms make it, and at last the index.
/// </remarks>
internal static class LabelNames
{
    private static readonly Regex WordNetNumber = new(@"^n\d{8}\s+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly string[] Digits = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

    public static EquatableArray<LabelModel> Create(EquatableArray<string> labels)
    {
        var spelled = labels.All(label => label.Length == 1 && char.IsDigit(label[0]));
        var shortNames = labels.Select((label, index) => spelled ? Digits[label[0] - '0'] : Name(FirstSynonym(label), index)).ToArray();
        var repeated = new HashSet<string>(shortNames.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key), StringComparer.Ordinal);

        var scope = new NameScope();
        return new(labels.Select((label, index) => new LabelModel(Unique(scope, label, shortNames[index], repeated, index), label)));
    }

    private static string Unique(NameScope scope, string label, string shortName, HashSet<string> repeated, int index)
    {
        var name = repeated.Contains(shortName) ? Name(label, index) : shortName;
        return scope.TryTake(name) ? name : scope.Take(name + "_" + index.ToString(CultureInfo.InvariantCulture));
    }

    private static string FirstSynonym(string label) => WordNetNumber.Replace(label, "").Split(',')[0];

    private static string Name(string text, int index)
    {
        var name = Identifiers.PascalCase(WordNetNumber.Replace(text, ""));
        if (name is null)
            return "Class" + index.ToString(CultureInfo.InvariantCulture);

        // PascalCase puts 'Model' before a leading digit, which says nothing of a label.
        return char.IsDigit(text.TrimStart()[0]) && name.StartsWith("Model", StringComparison.Ordinal) ? "_" + name.Substring("Model".Length) : name;
    }
}
