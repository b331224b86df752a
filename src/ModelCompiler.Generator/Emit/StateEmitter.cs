using ModelCompiler.Contract;
using ModelCompiler.Generator.Model;

namespace ModelCompiler.Generator.Emit;

/// <summary>What a class has for models that go through a stream of data: their memory, and listening to sound.</summary>
internal static class StateEmitter
{
    public static string? Framing(ClassModel model) => model.Audio is not { } audio ? null : $$"""
        /// <summary>How a stream of sound is cut into windows: {{SourceText.Grouped(audio.Window)}} samples each, {{SourceText.Grouped(audio.Hop)}} further each time, at {{SourceText.Grouped(audio.SampleRate)}} Hz.</summary>
        public static global::ModelCompiler.AudioFraming Framing { get; } = new global::ModelCompiler.AudioFraming({{string.Join(", ", new[] { audio.SampleRate, audio.Window, audio.Hop, audio.Padding }.Select(number => SourceText.Number(number)))}});
        """;

    public static string? Listen(ClassModel model) => model.Audio is null ? null : $$"""
        /// <summary>Listens to a stream of sound: push samples as they come, and get an answer for each window that they complete.</summary>
        /// <returns>A stream with a memory of its own; several may be open at the same time.</returns>
        public {{Stream(model)}} Listen()
        {
        {{SourceText.Indent(SourceText.Lines(model.State is null ? [$"return new {Stream(model)}(Framing, window => Run(window));"] :
        [
            "var state = CreateState();",
            $"return new {Stream(model)}(Framing, window => Run(window, state), state.Reset);",
        ]), 1)}}
        }
        """;

    public static string? Create(ClassModel model) => model.State is null ? null : """
        /// <summary>The memory of a new stream of data, empty. It belongs to one run at a time.</summary>
        public global::ModelCompiler.ModelState CreateState() => _session.CreateState();
        """;

    /// <summary>The pairs of inputs and outputs for the model's definition.</summary>
    public static IEnumerable<string> Pairs(ClassModel model) => model.Inputs.Where(input => input.Role == ValueRole.State).Select(input =>
    {
        var output = model.Outputs.First(output => output.OnnxName == model.Manifest.Inputs[input.Index].State);
        var axes = input.Value.Shape!.Value.Select(axis => ", " + SourceText.Number(axis.Size ?? LengthBefore(axis)));
        return $"new global::ModelCompiler.StateSpec({SourceText.Number(input.Index)}, {SourceText.Number(output.Index)}{string.Concat(axes)})";
    });

    /// <summary>A memory of what came before is empty at first; every other open axis is one stream of data.</summary>
    private static long LengthBefore(Dimension axis) =>
        axis.Name is { } name && new[] { "past", "seq", "len", "cache", "time" }.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0) ? 0 : 1;

    private static string Stream(ClassModel model) => $"global::ModelCompiler.AudioStream<{RunEmitter.ResultType(model)}>";
}
