using ModelCompiler.Tests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models that remember, and values that are no numbers: compiled, loaded, and run by ONNX Runtime.</summary>
public class StreamsForRealTests
{
    [Fact]
    public void EachRunAdvancesTheState() => Run(
        """
        using var voice = Voice.Load(model);
        var state = voice.CreateState();
        var one = voice.Run(new float[] { 1, 2, 3, 4, 5, 6 }, state);
        var two = voice.Run(new float[6], state);
        var copy = state.Copy();
        var three = voice.RunAsync(new float[6], state).Result;
        var again = voice.Run(new float[6], copy);
        state.Reset();
        var anew = voice.Run(new float[6], state);
        return $"{one} {two} {three} {again} {anew}";
        """, StreamManifests.Voice, VoiceModel).ShouldBe("6 8 16 16 0");

    [Fact]
    public void AStreamOfSoundIsCutIntoWindows() => Run(
        """
        using var voice = Voice.Load(model);
        var stream = voice.Listen();
        var text = "";
        foreach (var piece in new[] { new float[] { 1, 2, 3 }, new float[] { 4, 5, 6, 7, 8, 9 }, new float[] { 1 } })
        {
            foreach (var (start, end, value) in stream.Push(piece))
                text += System.FormattableString.Invariant($"{start.TotalSeconds}-{end.TotalSeconds}:{value} ");
        }
        foreach (var (start, end, value) in stream.Finish())
            text += System.FormattableString.Invariant($"{start.TotalSeconds}-{end.TotalSeconds}:{value} ");
        return text + stream.Push(new short[] { 16384, 0, 0, 0 })[0].Value + " " + Voice.Framing.Hop;
        """, StreamManifests.Voice, VoiceModel).ShouldBe("0-0.5:4 0.5-1:16 1-1.25:25 0.5 4");

    [Fact]
    public void SoundWithoutAMemory() => Run(
        """
        using var loudness = Loudness.Load(model);
        var results = loudness.Listen().Push(new float[] { 1, 2, 3, 6, 5, 4, 7 });
        return $"{results.Count} {results[0].Value.Loudest} {results[1].Value.Softest}";
        """,
        StreamManifests.Loudness,
        new TinyModel().Input("sound", TinyModel.Float, 3).Output("loudest", TinyModel.Float, 1).Output("softest", TinyModel.Float, 1)
            .Node("ReduceMax", ["sound"], "loudest").Node("ReduceMin", ["sound"], "softest")).ShouldBe("2 3 4");

    [Fact]
    public void AMemoryThatGrows() => Run(
        """
        using var cache = Cache.Load(model);
        var state = cache.CreateState();
        var text = "";
        foreach (var token in new float[] { 3, 7, 5 })
            text += cache.Run(new[] { token }, state, batch: 1)[0, 0] + " ";
        return text;
        """,
        StreamManifests.Cache,
        new TinyModel().Input("token", TinyModel.Float, "batch", 1).Input("past.0", TinyModel.Float, "batch", "past_length")
            .Output("present.0", TinyModel.Float, "batch", "total_length").Output("highest", TinyModel.Float, "batch", 1)
            .Node("Concat", ["past.0", "token"], ["present.0"], "", ("axis", 1)).Node("ReduceMax", ["present.0"], "highest")).ShouldBe("3 7 7 ");

    [Fact]
    public void AStateMayGoFromOneInstanceOfTheClassToAnother() => Run(
        """
        using var voice = Voice.Load(model);
        using var other = Voice.Load(model);
        try { voice.Run(new float[6], null!); return "no"; } catch (System.ArgumentNullException) { }
        return voice.Run(new float[6], other.CreateState()).ToString();
        """, StreamManifests.Voice, VoiceModel).ShouldBe("0");

    [Fact]
    public void StringsInAndOut() => Run(
        """
        using var words = Words.Load(model);
        var all = words.Run(new[] { "a", "b" }, new[] { "x", "", "ž" }, "one", n: 3);
        var later = words.RunAsync(new[] { "a", "b" }, new[] { "y" }, "two", 1).Result;
        try { words.Run(new[] { "a", null! }, new[] { "x" }, "", 1); return "no"; } catch (System.ArgumentException error) when (error.Message.Contains("null")) { }
        try { words.Run(new[] { "a" }, new[] { "x" }, "", 1); return "no"; } catch (System.ArgumentException error) when (error.Message.Contains("takes 2 values")) { }
        return $"{all.PairOut[0, 1]} {all.RestOut.Length} {all.RestOut[2]} {all.OneOut} {later.OneOut}";
        """,
        ValueManifests.Words,
        new TinyModel().Input("pair", TinyModel.String, 1, 2).Input("rest", TinyModel.String, "n").Input("one", TinyModel.String)
            .Output("pair_out", TinyModel.String, 1, 2).Output("rest_out", TinyModel.String, "n").Output("one_out", TinyModel.String)
            .Node("Identity", ["pair"], "pair_out").Node("Identity", ["rest"], "rest_out").Node("Identity", ["one"], "one_out")).ShouldBe("b 3 ž one two");

    [Fact]
    public void SequencesInAndOut() => Run(
        """
        using var sequences = Sequences.Load(model);
        var all = sequences.Run(
            new[] { new ModelTensor<long>(new long[] { 1, 2 }, 2), new ModelTensor<long>(new long[] { 3 }, 1, 1) },
            new[] { new ModelTensor<string>(new[] { "a" }, 1) });
        return $"{all.NumbersOut.Count} {all.NumbersOut[1][0, 0]} {all.TextsOut[0][0]}";
        """,
        ValueManifests.Sequences,
        new TinyModel().Input("numbers", TinyModel.Sequence(TinyModel.Tensor(TinyModel.Int64, null))).Input("texts", TinyModel.Sequence(TinyModel.Tensor(TinyModel.String, null)))
            .Output("numbers_out", TinyModel.Sequence(TinyModel.Tensor(TinyModel.Int64, null))).Output("texts_out", TinyModel.Sequence(TinyModel.Tensor(TinyModel.String, null)))
            .Node("Identity", ["numbers"], "numbers_out").Node("Identity", ["texts"], "texts_out")).ShouldBe("2 3 a");

    [Fact]
    public void AMapForEachSample() => Run(
        """
        using var zipped = Zipped.Load(model);
        var maps = zipped.Run(new float[] { 1, 2, 3, 4 }, n: 2);
        return $"{maps.Count} {maps[0][7]} {maps[1][9]}";
        """,
        ValueManifests.Zipped,
        new TinyModel().Input("scores", TinyModel.Float, "n", 2).Output("probabilities", TinyModel.Sequence(TinyModel.Map(TinyModel.Int64, TinyModel.Tensor(TinyModel.Float))))
            .Node("ZipMap", ["scores"], ["probabilities"], "ai.onnx.ml", ("classlabels_int64s", new[] { 7, 9 }))).ShouldBe("2 1 4");

    [Fact]
    public void AMapAsInput() => Run(
        """
        using var counts = Counts.Load(model);
        var vector = counts.Run(new System.Collections.Generic.Dictionary<long, float> { [5] = 2, [7] = 3 });
        return $"{vector[0, 0]} {vector[0, 1]} {vector[0, 2]}";
        """,
        ValueManifests.Counts,
        new TinyModel().Input("words", TinyModel.Map(TinyModel.Int64, TinyModel.Tensor(TinyModel.Float))).Output("vector", TinyModel.Float, 1, 3)
            .Node("DictVectorizer", ["words"], ["vector"], "ai.onnx.ml", ("int64_vocabulary", new[] { 7, 6, 5 }))).ShouldBe("3 0 2");

    private static string Run(string body, ModelCompiler.Contract.ModelManifest manifest, TinyModel model) =>
        (string)RealRun.Of($$"""public static string Answer(byte[] model) { {{body}} }""", manifest, model.ToBytes());

    /// <summary>The loudest of the window and the largest that is remembered together; the memory grows by the sampling rate.</summary>
    private static TinyModel VoiceModel => new TinyModel().Input("input", TinyModel.Float, 1, 6).Input("sr", TinyModel.Int64).Input("state", TinyModel.Float, 2, 1, 3)
        .Output("output", TinyModel.Float, 1, 1).Output("stateN", TinyModel.Float, 2, 1, 3)
        .Node("CastLike", ["sr", "input"], "rate").Node("Add", ["state", "rate"], "stateN")
        .Node("ReduceMax", ["input"], ["loudest"], "", ("axes", new[] { 1 })).Node("ReduceMax", ["state"], ["remembered"], "", ("axes", new[] { 0, 2 })).Node("Flatten", ["remembered"], "flat").Node("Add", ["loudest", "flat"], "output");
}
