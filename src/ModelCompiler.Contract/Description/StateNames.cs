namespace ModelCompiler.Contract;

/// <summary>Names by which exporters tell that an output is the next value of an input.</summary>
internal static class StateNames
{
    // The second of a pair is what the first becomes.
    private static readonly (string Input, string Output)[] Endings = [("", "N"), ("", "n"), ("0", "n"), ("", "_out"), ("", "_new"), ("", "_next"), ("_in", "_out"), ("_0", "_n"), (".in", ".out")];

    private static readonly (string Input, string Output)[] Beginnings =
        [("", "new_"), ("", "next_"), ("in_", "out_"), ("past_key_values.", "present."), ("past_key_values.", "present_key_values."), ("past_", "present_"), ("past.", "present."), ("cache_", "new_cache_")];

    /// <summary>For example <c>state</c> and <c>stateN</c>, <c>h_in</c> and <c>h_out</c>, <c>past_key_values.0.key</c> and <c>present.0.key</c>.</summary>
    public static bool Match(string input, string output) =>
        Endings.Any(pair => Ends(input, pair.Input) is { } stem && output == stem + pair.Output)
        || Beginnings.Any(pair => input.StartsWith(pair.Input, StringComparison.Ordinal) && output == pair.Output + input.Substring(pair.Input.Length));

    /// <summary>Whether a value of the output can be given to the input.</summary>
    public static bool CanRenew(ValueSignature input, ValueSignature output) =>
        input.Kind == ValueKind.Tensor && output.Kind == ValueKind.Tensor && input.ElementType == output.ElementType && input.ElementType != ElementType.String
        && input.Shape is { Count: > 0 } from && (output.Shape is not { } to || (from.Count == to.Count && from.Zip(to, Agree).All(agree => agree)));

    private static bool Agree(Dimension input, Dimension output) => input.Size is not { } from || output.Size is not { } to || from == to;

    private static string? Ends(string text, string ending) =>
        text.Length > ending.Length && text.EndsWith(ending, StringComparison.Ordinal) ? text.Substring(0, text.Length - ending.Length) : null;
}
