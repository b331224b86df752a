using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>How the class of each pixel is read, with nothing left open.</summary>
/// <param name="Output">The output's number.</param>
/// <param name="Map">What its numbers are.</param>
/// <param name="Type">The C# type of its elements.</param>
internal sealed record SegmenterModel(int Output, ClassMapFormat Map, string Type)
{
    private static readonly HashSet<string> Indices = new(StringComparer.Ordinal) { "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float" };

    /// <summary>Reads a segmentation model from a manifest.</summary>
    /// <param name="manifest">The manifest of a model whose task is segmentation.</param>
    /// <param name="outputs">Its outputs in C#.</param>
    /// <param name="reason">Why there is none to read.</param>
    public static SegmenterModel? Of(ModelManifest manifest, EquatableArray<TensorModel> outputs, out string? reason)
    {
        var index = manifest.Outputs.ToList().FindIndex(output => output.Kind == OutputKind.ClassMap);
        reason = null;
        if (index < 0 || manifest.Outputs[index].ClassMap is not { } map)
            reason = "neither the sidecar nor the shapes of its outputs say which of them is the map of classes. Say it by \"outputs\" in the model's sidecar, for example { \"out\": { \"kind\": \"classMap\" } }";
        else if (outputs[index].Type is not { } type || !(map.Values == ClassMapValues.Indices ? Indices.Contains(type) : type == "float"))
            reason = $"the output '{outputs[index].OnnxName}' has values of the type {outputs[index].Value.ElementType.OnnxName()}, and " + (map.Values == ClassMapValues.Indices ? "indices are read as integers, bool or float" : "scores are read as float");
        else
            return new SegmenterModel(index, map, type);
        return null;
    }
}
