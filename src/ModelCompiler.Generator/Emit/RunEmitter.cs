using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>The typed <c>Run</c> methods.</summary>
internal static class RunEmitter
{
    private const string ArgumentError = "/// <exception cref=\"global::System.ArgumentException\">A value has another length or shape than the model takes.</exception>";

    /// <summary>Into the caller's memory: nothing is allocated.</summary>
    public static string? IntoBuffers(ClassModel model) => !model.HasFixedOutputs ? null : $$"""
        /// <summary>Runs the model into your own buffers, without allocating.</summary>
        {{SourceText.Lines([.. Signatures.InputDocs(model), .. Signatures.DestinationDocs(model), Signatures.TokenDoc])}}
        {{ArgumentError}}
        public void Run({{Signatures.List([.. Signatures.Inputs(model, "ReadOnlySpan"), .. Signatures.Destinations(model), Signatures.Token])}})
        {
            using var call = _session.Rent();
        {{SourceText.Indent(SourceText.Lines([.. Set(model), "call.Run(cancellationToken);", Keep(model), .. model.Results.Select(Copy)]), 1)}}
        }
        """;

    /// <summary>Into new memory.</summary>
    public static string Returning(ClassModel model) => $$"""
        /// <summary>Runs the model.</summary>
        {{SourceText.Lines([.. Signatures.InputDocs(model), Signatures.TokenDoc])}}
        {{ReturnsDoc(model)}}
        {{ArgumentError}}
        public {{ResultType(model)}} Run({{Signatures.List([.. Signatures.Inputs(model, "ReadOnlySpan"), Signatures.Token])}})
        {
            using var call = _session.Rent();
        {{SourceText.Indent(SourceText.Lines([.. Set(model), "call.Run(cancellationToken);", Keep(model)]), 1)}}
            return {{Read(model)}};
        }
        """;

    /// <summary>On a worker thread.</summary>
    public static string Async(ClassModel model) => $$"""
        /// <summary>Runs the model on a worker thread; as many runs at a time as the machine has processors, the others wait.</summary>
        /// <remarks>The inputs must not change until the task ends.</remarks>
        {{SourceText.Lines([.. Signatures.InputDocs(model), Signatures.TokenDoc])}}
        {{ReturnsDoc(model)}}
        {{ArgumentError}}
        public global::System.Threading.Tasks.Task<{{ResultType(model)}}> RunAsync({{Signatures.List([.. Signatures.Inputs(model, "ReadOnlyMemory"), Signatures.Token])}}) =>
            _session.RunAsync(token => Run({{Signatures.List([.. Arguments(model), "token"])}}), cancellationToken);
        """;

    /// <summary>From an image.</summary>
    public static string? FromImage(ClassModel model) => model.Image is null ? null : $$"""
        /// <summary>Prepares an image as <see cref="Preprocessing"/> says and runs the model.</summary>
        /// <param name="image">The image, of any size.</param>
        {{Signatures.TokenDoc}}
        {{ReturnsDoc(model)}}
        public {{ResultType(model)}} Run({{Signatures.List(["global::ModelCompiler.PixelBuffer image", Signatures.Token])}})
        {
            using var call = _session.Rent();
            call.SetImage(0, image, Preprocessing);
            call.Run(cancellationToken);
            return {{Read(model)}};
        }
        """;

    /// <summary>Values of types that C# has no tensor of.</summary>
    public static string Raw(ClassModel model) => $$"""
        /// <summary>Runs the model over ONNX Runtime's own values.</summary>
        /// <param name="inputs">In this order: {{Listed(model.Inputs)}}.</param>
        {{Signatures.TokenDoc}}
        /// <returns>In this order: {{Listed(model.Outputs)}}. Dispose them after use.</returns>
        /// <exception cref="global::System.ArgumentException">There are more or fewer values than inputs.</exception>
        public global::Microsoft.ML.OnnxRuntime.IDisposableReadOnlyCollection<global::Microsoft.ML.OnnxRuntime.OrtValue> Run(
            global::System.Collections.Generic.IReadOnlyList<global::Microsoft.ML.OnnxRuntime.OrtValue> inputs, {{Signatures.Token}}) =>
            _session.Run(inputs, cancellationToken);
        """;

    /// <summary>The record of several outputs.</summary>
    public static string? Outputs(ClassModel model) => model.Results.Count() <= 1 || !model.IsTyped ? null : $$"""
        /// <summary>The outputs of one run.</summary>
        {{SourceText.Lines(model.Results.Select(output => $"/// <param name=\"{output.Property}\">The output <c>{SourceText.Doc(output.OnnxName)}</c>: {Signatures.Values(output)}.</param>"))}}
        public sealed record Outputs({{string.Join(", ", model.Results.Select(output => $"{OutputType(output)} {output.Property}"))}});
        """;

    /// <summary>What a run returns.</summary>
    public static string ResultType(ClassModel model) => model.Results.Count() == 1 ? OutputType(model.Results.Single()) : "Outputs";

    private static IEnumerable<string?> Set(ClassModel model) =>
        [.. model.Inputs.Where(input => input.Role != ValueRole.State).Select(Set), model.State is { } state ? $"call.SetState({state});" : null];

    private static string? Keep(ClassModel model) => model.State is { } state ? $"call.KeepState({state});" : null;

    private static string Set(TensorModel input)
    {
        var number = SourceText.Number(input.Index);
        if (input.Role == ValueRole.Constant)
            return $"call.Input<{input.Type}>({number}).Fill({ConstantText.Of(input)});";
        if (input.Form is { } form)
            return $"call.SetValue({number}, {Apply(form.Write, form.Type, "global::Microsoft.ML.OnnxRuntime.OrtValue", input.Parameter)});";
        if (input.IsString)
            return $"call.SetStrings({number}, {(input.IsScalar ? $"new[] {{ {input.Parameter} }}" : input.Parameter)}, {Shape(input)});";
        if (input.IsUnranked)
            return $"call.SetInput({number}, {input.Parameter}, {Shape(input)});";

        return input.IsFixed ? $"call.SetInput({number}, {input.Parameter});" : $"call.SetInput({number}, {input.Parameter}, {Shape(input)});";
    }

    private static string Shape(TensorModel input)
    {
        if (input.IsUnranked)
            return Signatures.Plain(input.Parameter) + "Shape";
        return input.IsScalar ? "default" : $"stackalloc long[] {{ {string.Join(", ", input.Axes)} }}";
    }

    /// <summary>A method by its name takes its argument; a lambda needs a type before it can be called.</summary>
    private static string Apply(string method, string from, string to, string argument) =>
        method.StartsWith("static ", StringComparison.Ordinal) ? $"((global::System.Func<{from}, {to}>)({method}))({argument})" : $"{method}({argument})";

    private static string Copy(TensorModel output) => $"call.CopyOutput({SourceText.Number(output.Index)}, {output.Parameter});";

    private static IEnumerable<string> Arguments(ClassModel model)
    {
        foreach (var input in model.Given)
        {
            yield return input.IsScalar || input.Form is not null ? input.Parameter : input.Parameter + ".Span";
            if (input.IsUnranked)
                yield return Signatures.Plain(input.Parameter) + "Shape.Span";
        }

        if (model.State is { } state)
            yield return state;
        foreach (var axis in model.Axes)
            yield return axis.Parameter;
    }

    private static string OutputType(TensorModel output) =>
        output.Form?.Type ?? (output.IsOneValue ? output.Type! : $"global::ModelCompiler.ModelTensor<{output.Type}>");

    private static string Read(ClassModel model)
    {
        var reads = model.Results.Select(Read).ToArray();
        return reads.Length == 1 ? reads[0] : $"new Outputs({string.Join(", ", reads)})";
    }

    private static string Read(TensorModel output)
    {
        var number = SourceText.Number(output.Index);
        if (output.Form is { } form)
            return $"call.ReadValue<{form.Type}>({number}, {form.Read})";
        if (output.IsString)
            return $"call.ReadValue({number}, global::ModelCompiler.ModelValues.Strings){(output.IsOneValue ? "[0]" : "")}";

        return output.IsOneValue ? $"call.Output<{output.Type}>({number})[0]" : $"call.ReadOutput<{output.Type}>({number})";
    }

    private static string ReturnsDoc(ClassModel model) => model.Results.Count() == 1
        ? $"/// <returns>The output <c>{SourceText.Doc(model.Results.Single().OnnxName)}</c>: {Signatures.Values(model.Results.Single())}.</returns>"
        : "/// <returns>Every output of the model.</returns>";

    private static string Listed(IEnumerable<TensorModel> values) =>
        string.Join(", ", values.Select(value => $"<c>{SourceText.Doc(value.OnnxName)}</c> ({Signatures.OnnxType(value)} {Signatures.Shape(value)})"));
}
