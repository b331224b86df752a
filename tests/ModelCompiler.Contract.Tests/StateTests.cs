namespace ModelCompiler.Contract.Tests;

/// <summary>Inputs that no caller gives anew in each run: states, constants, windows of sound.</summary>
public sealed class StateTests
{
    private static readonly ModelSignature Voice = Signature(
        [Open("input", ElementType.Float32, "batch", "sequence"), Open("sr", ElementType.Int64), Open("state", ElementType.Float32, 2, "batch", 128)],
        [Open("output", ElementType.Float32, "batch", 1), Open("stateN", ElementType.Float32, 2, "batch", 128)]);

    private readonly List<ModelDiagnostic> _guesses = [];

    [Fact]
    public void AStateIsKnownByItsName()
    {
        var inputs = Describe(Voice).Inputs;

        inputs.Select(input => input.State).ShouldBe([null, null, "stateN"]);
        _guesses.Single().Message.ShouldContain("The meaning of the input 'state' was not said and is taken to be a state that the output 'stateN' renews, from their names and shapes.");
    }

    [Theory]
    [InlineData("h", "hn", true)]
    [InlineData("h0", "hn", true)]
    [InlineData("h_in", "h_out", true)]
    [InlineData("in_cell", "out_cell", true)]
    [InlineData("past_key_values.0.key", "present.0.key", true)]
    [InlineData("cache", "new_cache", true)]
    [InlineData("mask", "max", false)]
    [InlineData("x", "y", false)]
    [InlineData("in", "on", false)]
    public void NamesThatExportersGive(string input, string output, bool match)
    {
        var signature = Signature([Open("x0", ElementType.Float32, 4), Open(input, ElementType.Float32, 3)], [Open("z", ElementType.Float32, 4), Open(output, ElementType.Float32, 3)]);

        Describe(signature).Inputs[1].State.ShouldBe(match ? output : null);
    }

    [Fact]
    public void AnotherShapeIsNoState() =>
        Describe(Signature([Open("x0", ElementType.Float32, 4), Open("h", ElementType.Float32, 3)], [Open("z", ElementType.Float32, 4), Open("hn", ElementType.Float32, 5)])).Inputs[1].State.ShouldBeNull();

    [Fact]
    public void WhatTheSidecarSaysIsNotGuessed()
    {
        Describe(Voice, new InputBinding("state") { State = "none" }).Inputs[2].State.ShouldBeNull();
        Describe(Voice, new InputBinding("state") { State = "stateN" }).Inputs[2].State.ShouldBe("stateN");
        _guesses.ShouldBeEmpty();
    }

    [Fact]
    public void AWindowOfSoundFixesTheSizesOfTheModel()
    {
        var described = Describe(Voice, new InputBinding("input") { Audio = new AudioInput(16000, 576, 512, 64) }, new InputBinding("sr") { Value = 16000 });

        described.Inputs[0].Audio.ShouldBe(new AudioInput(16000, 576, 512, 64));
        Sizes(described.Inputs[0].Value).ShouldBe([1L, 576]);
        described.Inputs[1].Constant.ShouldBe(16000);
        Sizes(described.Inputs[2].Value).ShouldBe([2L, 1, 128]);
        Sizes(described.Outputs[0].Value).ShouldBe([1L, 1]);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Refused(new InputBinding("inpt") { Value = 1 }).ShouldContain("its inputs are: input, sr, state");
        Refused(new InputBinding("state") { State = "stateM" }).ShouldContain("its outputs are: output, stateN");
        Refused(new InputBinding("state") { State = "output" }).ShouldContain("the output 'output' has another type or shape");
        Refused(new InputBinding("input") { Value = 1 }).ShouldContain("Set Dims");
        Refused(new InputBinding("sr") { Value = 0.5 }).ShouldContain("0.5 is no value of int64");
        Refused(new InputBinding("sr") { Value = 1e30 }).ShouldContain("1E+30 is no value of int64");
        Refused(new InputBinding("sr") { Audio = new AudioInput(8000, 512, 512, 0) }).ShouldContain("a tensor of floats");
        Refused(new InputBinding("state") { Audio = new AudioInput(8000, 512, 512, 0) }).ShouldContain("takes [2, 1, 128]");
    }

    [Theory]
    [InlineData("""{ "inputs": { "x": { "audio": {} } } }""", "'inputs.x.audio.window' must be the number of samples of one run")]
    [InlineData("""{ "inputs": { "x": { "audio": { "sampleRate": 8000, "window": 0 } } } }""", "'inputs.x.audio.window' must be a whole number of at least 1")]
    [InlineData("""{ "inputs": { "x": { "audio": { "sampleRate": 8000, "window": 8, "hop": 9 } } } }""", "'inputs.x.audio.hop' must be at most the window")]
    [InlineData("""{ "inputs": { "x": { "audio": { "sampleRate": 8000, "window": 8, "padding": 8 } } } }""", "'inputs.x.audio.padding' must be less than the window")]
    [InlineData("""{ "inputs": { "x": { "audio": { "window": 8 } } } }""", "'inputs.x.audio.sampleRate' must be the samples a second")]
    [InlineData("""{ "inputs": { "x": { "state": 3 } } }""", "'inputs.x.state' must be a text")]
    public void TheSidecarsWrongPropertyIsNamed(string json, string expected) =>
        Diagnosed.By(DiagnosticRules.SidecarInvalid, () => SidecarReader.Parse(json, null, "/")).Message.ShouldContain(expected);

    private string Refused(InputBinding binding) => Diagnosed.By(DiagnosticRules.OptionDoesNotFit, () => Describe(Voice, binding)).Message;

    private ModelDescription Describe(ModelSignature signature, params InputBinding[] inputs) =>
        ModelDescriber.Describe("m.onnx", signature, new ModelOptions { Inputs = new(inputs) }, _guesses.Add);

    private static IEnumerable<long?> Sizes(ValueSignature value) => value.Shape!.Value.Select(axis => axis.Size);

    private static ModelSignature Signature(ValueSignature[] inputs, ValueSignature[] outputs) => new("net", 8, 17, new(inputs), new(outputs), default);

    private static ValueSignature Open(string name, ElementType type, params object[] axes) =>
        ValueSignature.Tensor(name, type, [.. axes.Select(axis => axis is string text ? Dimension.Named(text) : Dimension.Of((int)axis))]);
}
