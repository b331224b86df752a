using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>Decides the C# names and types of everything in a manifest.</summary>
internal sealed class ClassModelBuilder
{
    private readonly NameScope _parameters = new("call", "cancellationToken", "count", "options", "token", "top");
    private readonly NameScope _properties;
    private readonly List<AxisModel> _axes = [];

    // An output becomes a property of the record Outputs, which has these members already.
    private ClassModelBuilder() => _properties = new NameScope(
        "Outputs", "Clone", "Deconstruct", "EqualityContract", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "PrintMembers", "ReferenceEquals", "ToString");

    public static ClassModel Build(ModelManifest manifest) => new ClassModelBuilder().ToModel(manifest);

    private ClassModel ToModel(ModelManifest manifest)
    {
        var inputs = manifest.Inputs.Select((input, index) => Tensor(input.Value, "Input", index, RoleOf(input)) with { Constant = input.Constant }).ToArray();
        var outputs = manifest.Outputs.Select((output, index) => Tensor(output.Value, "Output", index, RoleOf(output, manifest))).ToArray();
        return new ClassModel(manifest, new(inputs), new(outputs), new(_axes), LabelNames.Create(manifest.Labels))
        {
            State = inputs.Any(input => input.Role == ValueRole.State) ? _parameters.Take("state") : null,
        };
    }

    private static ValueRole RoleOf(ManifestInput input) =>
        input.State is not null ? ValueRole.State : input.Constant is not null ? ValueRole.Constant : ValueRole.Caller;

    private static ValueRole RoleOf(ManifestOutput output, ModelManifest manifest) =>
        manifest.Inputs.Any(input => input.State == output.Value.Name) ? ValueRole.State : ValueRole.Caller;

    /// <summary>What callers never see needs no names.</summary>
    private TensorModel Tensor(ValueSignature value, string fallback, int index, ValueRole role)
    {
        var name = Name(value.Name, fallback) ?? fallback + index.ToString(CultureInfo.InvariantCulture);
        var isSeen = role == ValueRole.Caller;
        var property = isSeen ? _properties.Take(name) : name;
        var parameter = isSeen ? _parameters.Take(NameScope.CamelCase(name)) : NameScope.CamelCase(name);
        if (isSeen && value.Shape is null)
            _parameters.Take(parameter + "Shape");
        var isInput = fallback == "Input" && isSeen;
        return new TensorModel(index, value, property, NameScope.Escape(parameter), ElementOf(value), isInput ? Axes(value, parameter) : default)
        {
            Role = role,
            Form = value.Kind == ValueKind.Tensor ? null : ValueForm.Of(value.TypeText),
        };
    }

    /// <summary>Exporters name values by number (<c>495</c>): those become <c>Output495</c>.</summary>
    private static string? Name(string onnxName, string fallback) =>
        Identifiers.PascalCase(char.IsDigit(onnxName.FirstOrDefault(char.IsLetterOrDigit)) ? fallback + " " + onnxName : onnxName);

    private EquatableArray<string> Axes(ValueSignature value, string parameter) => value.Shape is not { } shape
        ? default
        : new(shape.Select((axis, index) => axis.Size is { } size ? size.ToString(CultureInfo.InvariantCulture) : OpenAxis(axis.Name, value.Name, parameter, index)));

    /// <summary>Axes of one name are one length; an axis without a name is a length of its own.</summary>
    private string OpenAxis(string? name, string input, string parameter, int index)
    {
        if (name is not null && _axes.Find(axis => axis.OnnxName == name) is { } known)
            return known.Parameter;

        var cleaned = name is null ? null : Identifiers.PascalCase(name);
        var wanted = cleaned is null ? parameter + "Axis" + index.ToString(CultureInfo.InvariantCulture) : NameScope.CamelCase(cleaned);
        var added = new AxisModel(NameScope.Escape(_parameters.Take(wanted)), name, input, index);
        _axes.Add(added);
        return added.Parameter;
    }

    private static string? ElementOf(ValueSignature value) =>
        value.Kind != ValueKind.Tensor ? null : value.ElementType == ElementType.String ? "string" : CSharpTypes.Of(value.ElementType);
}
