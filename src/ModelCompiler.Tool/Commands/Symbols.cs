using System.CommandLine;
using System.Globalization;

namespace ModelCompiler.Tool.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class Symbols
{
    /// <summary>What an option takes that names a profile.</summary>
    public const string ProfileDescription = "A built-in profile ('modelc profiles' lists them) or a profile's JSON file.";

    public static Argument<string> Model() => new("model") { Description = "The .onnx file." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on stdout and nothing else." };

    /// <summary>An option that takes a data set.</summary>
    public static Option<string?> Data(string name, string purpose) => new(name)
    {
        Description = $"{purpose}: a folder of images (a folder a class, or with labels.tsv), a .npz, or a folder of test_data_set_N.",
        HelpName = "data",
    };

    /// <summary>An option that takes one of some words, in any case.</summary>
    public static Option<string?> Word(string name, string description, IReadOnlyList<string> words)
    {
        var known = string.Join(", ", words);
        var option = new Option<string?>(name) { Description = $"{description}: {known}.", HelpName = "word" };
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !words.Contains(text, StringComparer.OrdinalIgnoreCase))
                result.AddError($"'{name}' takes one of {known}, not '{text}'.");
        });
        return option;
    }

    /// <summary>An option that takes an amount; <paramref name="parse"/> returns null for a text that is none.</summary>
    public static Option<string?> Amount<T>(string name, string description, Func<string, T?> parse, string form)
        where T : struct
    {
        var option = new Option<string?>(name) { Description = $"{description}: {form}.", HelpName = "amount" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && parse(text) is null)
                result.AddError($"'{name}' takes {form}, not '{text}'.");
        });
        return option;
    }

    /// <summary>An option that takes a whole number of at least 1, which it is by default.</summary>
    public static Option<int> AtLeastOne(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
                return number;
            result.AddError($"'{name}' takes a whole number of at least 1, not '{result.Tokens[0].Value}'.");
            return 1;
        },
    };
}
