using Microsoft.Build.Framework;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>The models of the projects that an app refers to. A library leaves its models to the app, which knows for which devices it is built; another app carries its own.</summary>
internal static class ReferencedPlans
{
    /// <summary>Metadata of a plan: <c>true</c> where the project it is of puts the models beside its output itself, from where they come along.</summary>
    public const string CarriesModels = "CarriesModels";

    /// <summary>The models that no other project carries, each once.</summary>
    /// <param name="plans">The plans that their builds wrote. One that was not written is left out: its project has reported why.</param>
    public static IEnumerable<ModelRequest> ModelsToCarry(IEnumerable<ITaskItem> plans)
    {
        var read = plans.Where(plan => File.Exists(plan.ItemSpec))
            .ToLookup(plan => string.Equals(plan.GetMetadata(CarriesModels), "true", StringComparison.OrdinalIgnoreCase), plan => BuildRequestFile.Read(plan.ItemSpec));
        var known = new HashSet<(string Model, string Name)>(read[true].SelectMany(plan => plan.Models).Select(Identity));
        return [.. read[false].SelectMany(plan => plan.Models).Where(model => known.Add(Identity(model)))];
    }

    private static (string Model, string Name) Identity(ModelRequest model) => (model.Model, model.Name);
}
