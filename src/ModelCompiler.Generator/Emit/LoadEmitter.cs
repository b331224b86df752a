using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>How a model comes into being and goes: construction, <c>Load</c> in its forms, disposal.</summary>
internal static class LoadEmitter
{
    private const string Exception = "/// <exception cref=\"global::ModelCompiler.ModelLoadException\">The model is absent, cannot be loaded, or is not the one that this class was generated for.</exception>";

    private const string OptionsParameter = "global::ModelCompiler.LoadOptions? options = null";

    private const string OptionsDoc = "/// <param name=\"options\">How it is loaded and run; null for the defaults of <see cref=\"global::ModelCompiler.LoadOptions\"/>.</param>";

    /// <summary>What <c>GeneratedCode.Require</c> of the runtime compares: to be raised together with it.</summary>
    private const int Form = 2;

    public static string Fields => "private readonly global::ModelCompiler.ModelSession _session;";

    public static string Constructor(ClassModel model) => $$"""
        private {{model.Name}}(global::ModelCompiler.ModelSource source, global::ModelCompiler.LoadOptions? options)
        {
            global::ModelCompiler.GeneratedCode.Require({{SourceText.Number(Form)}}, {{SourceText.Literal(ClassEmitter.Version)}});
            _session = OpenSession(source, options);
        }

        private global::ModelCompiler.ModelSession OpenSession(global::ModelCompiler.ModelSource source, global::ModelCompiler.LoadOptions? options) =>
            global::ModelCompiler.ModelSession.Load(Definition, source, options, session => OnConfigureSession(session));
        """;

    public static string Execution => """
        /// <summary>What was really loaded: the file, its profile, the execution providers, and what each of them runs.</summary>
        public global::ModelCompiler.ExecutionReport Execution => _session.Report;
        """;

    public static string Asset(ClassModel model) => $$"""
        /// <summary>Loads the asset that the build put beside the app for the device it runs on.</summary>
        {{OptionsDoc}}
        {{Exception}}
        public static {{model.Name}} Load({{OptionsParameter}}) => new {{model.Name}}(global::ModelCompiler.ModelSource.Asset, options);
        """;

    public static string Path(ClassModel model) => $$"""
        /// <summary>Loads the model from a file.</summary>
        /// <param name="path">The path of an .onnx file.</param>
        {{OptionsDoc}}
        {{Exception}}
        public static {{model.Name}} Load(string path, {{OptionsParameter}}) => new {{model.Name}}(global::ModelCompiler.ModelSource.File(path), options);
        """;

    public static string Stream(ClassModel model) => $$"""
        /// <summary>Loads the model from a stream, which is read to its end and left open.</summary>
        /// <param name="stream">The content of an .onnx file.</param>
        {{OptionsDoc}}
        {{Exception}}
        public static {{model.Name}} Load(global::System.IO.Stream stream, {{OptionsParameter}}) => new {{model.Name}}(global::ModelCompiler.ModelSource.Stream(stream), options);
        """;

    public static string Bytes(ClassModel model) => $$"""
        /// <summary>Loads the model from memory.</summary>
        /// <param name="model">The content of an .onnx file.</param>
        {{OptionsDoc}}
        {{Exception}}
        public static {{model.Name}} Load(global::System.ReadOnlyMemory<byte> model, {{OptionsParameter}}) => new {{model.Name}}(global::ModelCompiler.ModelSource.Bytes(model), options);
        """;

    public static string Async(ClassModel model) => $$"""
        /// <summary>Loads the asset that the build put beside the app, without blocking the caller.</summary>
        {{OptionsDoc}}
        /// <param name="cancellationToken">Cancels before the loading starts.</param>
        {{Exception}}
        public static global::System.Threading.Tasks.Task<{{model.Name}}> LoadAsync({{OptionsParameter}}, {{Signatures.Token}}) =>
            global::System.Threading.Tasks.Task.Run(() => Load(options), cancellationToken);
        """;

    public static string Try(ClassModel model) => $$"""
        /// <summary>Loads the asset that the build put beside the app, or says why it cannot.</summary>
        /// <param name="model">The model; null where it could not be loaded.</param>
        /// <param name="error">What went wrong; null where nothing did.</param>
        {{OptionsDoc}}
        /// <returns>Whether the model was loaded.</returns>
        public static bool TryLoad(
            [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {{model.Name}}? model,
            [global::System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out global::ModelCompiler.ModelLoadException? error,
            {{OptionsParameter}})
        {
            try
            {
                model = Load(options);
                error = null;
                return true;
            }
            catch (global::ModelCompiler.ModelLoadException exception)
            {
                model = null;
                error = exception;
                return false;
            }
        }
        """;

    public static string Configure => """
        /// <summary>Implement this in your part of the class to change the session's options after the profile has set them.</summary>
        /// <param name="options">The options that the session will be created with.</param>
        partial void OnConfigureSession(global::Microsoft.ML.OnnxRuntime.SessionOptions options);
        """;

    /// <summary>Only where it is known what an input looks like.</summary>
    public static string? WarmUp(ClassModel model) => !model.IsTyped || model.Inputs.Any(input => input.Role != ValueRole.State && (!input.IsFixedButForBatch || input.IsString)) ? null : """
        /// <summary>Runs the model once over zeros, so that the first real run is as fast as the others: some execution providers compile the model in their first run.</summary>
        public void WarmUp() => _session.WarmUp();
        """;

    public static string Dispose => """
        /// <summary>Frees the model. Runs that other threads have started end first.</summary>
        public void Dispose() => _session.Dispose();
        """;
}
