using System.Text.Json.Nodes;

namespace ModelCompiler.Profiles;

/// <summary>What a profile takes from the one it extends.</summary>
internal static class ProfileInheritance
{
    /// <summary>Sections that are completed property by property; every other property replaces the parent's as a whole.</summary>
    private static readonly string[] Sections = ["precisions", "quantization", "pruning", "asset", "budgets"];

    /// <summary>The properties of <paramref name="own"/>, completed by those of <paramref name="parent"/>; its name is not inherited.</summary>
    public static JsonObject Merge(JsonObject own, JsonObject parent)
    {
        foreach (var (name, inherited) in parent)
        {
            if (Array.IndexOf(Sections, name) >= 0 && own[name] is JsonObject section && inherited is JsonObject completion)
                Complete(section, completion);
            else if (name != "name" && !own.ContainsKey(name))
                own.Add(name, inherited?.DeepClone());
        }

        return own;
    }

    private static void Complete(JsonObject section, JsonObject completion)
    {
        foreach (var (name, inherited) in completion)
        {
            if (!section.ContainsKey(name))
                section.Add(name, inherited?.DeepClone());
        }
    }
}
