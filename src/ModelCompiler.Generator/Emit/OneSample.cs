using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The values of one sample as a parameter, for methods that answer one sample at a time.</summary>
internal static class OneSample
{
    public static string Parameter(ClassModel model) => $"global::System.ReadOnlySpan<{model.Inputs[0].Type}> {model.Inputs[0].Parameter}";

    public static string Doc(ClassModel model) =>
        $"/// <param name=\"{Signatures.Plain(model.Inputs[0].Parameter)}\">The input <c>{SourceText.Doc(model.Inputs[0].OnnxName)}</c> of one sample: {Signatures.Values(model.Inputs[0])}, row-major.</param>";

    /// <summary>Where the batch is open, one sample is a batch of one.</summary>
    public static string Set(ClassModel model) => model.Inputs[0].IsFixed ? $"call.SetInput(0, {model.Inputs[0].Parameter});" : SetBatch(model, "1");

    /// <summary>Several samples at once.</summary>
    public static string SetBatch(ClassModel model, string count)
    {
        var input = model.Inputs[0];
        return $"call.SetInput(0, {input.Parameter}, stackalloc long[] {{ {string.Join(", ", new[] { count }.Concat(input.Axes.Skip(1)))} }});";
    }
}
